package org.jameschatmail.guice.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;

/**
 * Gives back what deleted rows leave behind, while the server runs. Derby: {@link DerbyUpkeep}. PostgreSQL vacuums by
 * itself, a while after enough rows have gone; here it is asked to do so now. One thread at a time.
 */
@Singleton
public final class Upkeep {
    private final DataSource dataSource;

    @Inject
    public Upkeep(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A step that takes one lock or transaction. */
    @FunctionalInterface
    public interface Step {
        void run() throws SQLException;
    }

    /** Runs steps, and decides what time passes between them. */
    @FunctionalInterface
    public interface Pacer {
        void run(Step step) throws Exception;
    }

    /** @throws Exception what the pacer throws, or an {@link SQLException}: then it may be done again at any time */
    public void run(Pacer pacer) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            switch (SqlDialect.of(connection)) {
                case DERBY -> new DerbyUpkeep(connection).run(pacer);
                case POSTGRESQL -> pacer.run(() -> vacuum(connection));
            }
        }
    }

    private static void vacuum(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM");
        }
    }
}
