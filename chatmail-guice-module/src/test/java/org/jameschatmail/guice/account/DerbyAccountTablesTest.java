package org.jameschatmail.guice.account;

import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.jameschatmail.guice.database.Schema;
import org.junit.jupiter.api.BeforeAll;

class DerbyAccountTablesTest implements CleartextConsentsContract, InvitationsContract {
    private static final EmbeddedDataSource DATABASE = new EmbeddedDataSource();

    @BeforeAll
    static void createTables() throws SQLException {
        System.setProperty("derby.stream.error.file", "target/derby.log");
        DATABASE.setDatabaseName("memory:" + UUID.randomUUID());
        DATABASE.setCreateDatabase("create");
        Schema.bringUpToDate(DATABASE);
        InvitationsContract.createUsers(DATABASE);
    }

    @Override
    public DataSource database() {
        return DATABASE;
    }
}
