package org.jameschatmail.guice.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresDatabaseTest {
    @Test
    void failureShouldNotTellTheValuesOfTheRow() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Database database = Database.open(postgres.getJdbcUrl("postgres", "postgres"), Path.of("target"));
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            String insert = "INSERT INTO chatmail_subscription VALUES ('alice@example.org', 'INBOX')";
            statement.execute(insert);

            assertThatThrownBy(() -> statement.execute(insert))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("chatmail_subscription_pk")
                    .hasMessageNotContaining("alice");
        }
    }
}
