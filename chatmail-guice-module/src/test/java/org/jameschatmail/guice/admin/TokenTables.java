package org.jameschatmail.guice.admin;

import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.jameschatmail.guice.database.Schema;

/** A database in memory, with our tables. */
final class TokenTables {
    private TokenTables() {}

    static DataSource create() throws SQLException {
        System.setProperty("derby.stream.error.file", "target/derby.log");
        EmbeddedDataSource database = new EmbeddedDataSource();
        database.setDatabaseName("memory:" + UUID.randomUUID());
        database.setCreateDatabase("create");
        Schema.bringUpToDate(database);
        return database;
    }
}
