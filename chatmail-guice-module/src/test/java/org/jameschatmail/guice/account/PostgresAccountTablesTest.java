package org.jameschatmail.guice.account;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jameschatmail.guice.database.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresAccountTablesTest implements CleartextConsentsContract, InvitationsContract {
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void createTables() throws IOException, SQLException {
        postgres = EmbeddedPostgres.start();
        Schema.bringUpToDate(postgres.getPostgresDatabase());
        InvitationsContract.createUsers(postgres.getPostgresDatabase());
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    public DataSource database() {
        return postgres.getPostgresDatabase();
    }
}
