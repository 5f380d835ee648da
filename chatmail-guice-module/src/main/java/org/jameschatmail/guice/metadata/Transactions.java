package org.jameschatmail.guice.metadata;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.james.core.Username;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work in a transaction of its own, on Derby and PostgreSQL alike. Work that another transaction got in the way of
 * (a duplicate key, a deadlock, a serialization failure) is rolled back and run again, three times in all. Writes for one
 * account run one after the other in this process, and read before they write: Derby otherwise finds deadlocks, after 20
 * seconds each. Blocks; thread-safe.
 */
final class Transactions {
    private static final Logger LOGGER = LoggerFactory.getLogger(Transactions.class);
    private static final int ATTEMPTS = 3;
    private static final int STRIPES = 64;

    /** What fails here when another transaction was first: integrity violations and rollbacks. */
    private static final List<String> RETRIED_STATE_CLASSES = List.of("23", "40");

    private final DataSource dataSource;
    private final List<Object> stripes =
            Stream.generate(Object::new).limit(STRIPES).toList();

    Transactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Work on a connection; may run more than once. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Creates the table unless it is there; several servers may do so at once. */
    void createTable(String name, String columns) {
        if (exists(name)) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + name + " (" + columns + ")");
            LOGGER.info("Created table {}", name);
        } catch (SQLException e) {
            if (!exists(name)) {
                throw new MetadataStoreException(e);
            }
        }
    }

    private boolean exists(String table) {
        try (Connection connection = dataSource.getConnection();
                ResultSet tables = connection
                        .getMetaData()
                        .getTables(null, null, storedName(connection, table), new String[] {"TABLE"})) {
            return tables.next();
        } catch (SQLException e) {
            throw new MetadataStoreException(e);
        }
    }

    private static String storedName(Connection connection, String table) throws SQLException {
        return connection.getMetaData().storesUpperCaseIdentifiers()
                ? table.toUpperCase(Locale.ROOT)
                : table.toLowerCase(Locale.ROOT);
    }

    <T> T write(Username owner, Work<T> work) {
        synchronized (stripes.get(Math.floorMod(owner.hashCode(), STRIPES))) {
            return run(work);
        }
    }

    <T> T run(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return runOnce(work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !isRetried(e)) {
                    throw new MetadataStoreException(e);
                }
            }
        }
    }

    private <T> T runOnce(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static boolean isRetried(SQLException e) {
        String state = e.getSQLState();
        return state != null && RETRIED_STATE_CLASSES.stream().anyMatch(state::startsWith);
    }

    /** The database failed; a fault that passes, or the operator's. */
    static final class MetadataStoreException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MetadataStoreException(SQLException cause) {
            super("Metadata store: SQL state " + cause.getSQLState(), cause);
        }
    }
}
