package org.jameschatmail.guice.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

class PostgresSchemaTest implements SchemaContract {
    private static EmbeddedPostgres postgres;

    private final DataSource database = create();

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static DataSource create() {
        String name = "schema_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            return postgres.getDatabase("postgres", name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public DataSource database() {
        return database;
    }

    /** Several times, for what it looks for is rare. */
    @RepeatedTest(5)
    void serversShouldAllStartWhenTheyStartAtOnce() throws SQLException {
        int servers = 8;
        CyclicBarrier together = new CyclicBarrier(servers);

        List<CompletableFuture<Void>> starts = Stream.generate(() -> CompletableFuture.runAsync(
                        () -> startTogether(together), command -> new Thread(command).start()))
                .limit(servers)
                .toList();

        CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
        assertThat(history()).containsExactlyElementsOf(Schema.SCRIPTS);
    }

    private void startTogether(CyclicBarrier together) {
        try {
            together.await();
            Schema.bringUpToDate(database);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
