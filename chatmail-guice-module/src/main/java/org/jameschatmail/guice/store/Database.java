package org.jameschatmail.guice.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.jameschatmail.guice.database.Schema;

/**
 * The one database of a server and its connection pool. An embedded Derby is created when missing and is shut down
 * cleanly by {@link #close()}; any other JDBC URL is used as it is given. Thread-safe.
 */
public final class Database implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 24;
    private static final String DERBY_PREFIX = "jdbc:derby:";
    private static final String POSTGRESQL_PREFIX = "jdbc:postgresql:";
    /** What Derby throws when a database was shut down as asked. */
    private static final String DERBY_SHUT_DOWN = "08006";

    private final String url;
    private final BasicDataSource pool;

    private Database(String url, BasicDataSource pool) {
        this.url = url;
        this.pool = pool;
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @param url a JDBC URL; empty is an embedded Derby in {@code dataDirectory}
     * @throws SQLException when no connection can be made: wrong URL or credentials, no driver, damaged files; or
     *     when the tables are those of a newer version
     */
    public static Database open(String url, Path dataDirectory) throws SQLException {
        String effective = url.isEmpty() ? embeddedUrl(dataDirectory) : url;
        if (effective.startsWith(DERBY_PREFIX)) {
            System.setProperty("derby.system.home", dataDirectory.toString());
            // Seconds until Derby looks for a deadlock: should there be one, a retry mends it soon.
            System.setProperty("derby.locks.deadlockTimeout", "1");
            System.setProperty(
                    "derby.stream.error.file",
                    dataDirectory.resolve("logs").resolve("derby.log").toString());
        }
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(effective);
        if (effective.startsWith(POSTGRESQL_PREFIX)) {
            // Else a failed statement tells the values of its row, which are addresses, and exceptions are logged.
            pool.addConnectionProperty("logServerErrorDetail", "false");
        }
        pool.setMaxTotal(MAX_CONNECTIONS);
        pool.setMaxIdle(MAX_CONNECTIONS);
        pool.setPoolPreparedStatements(true);
        pool.setMaxOpenPreparedStatements(MAX_CONNECTIONS * 40);
        pool.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        Database database = new Database(effective, pool);
        try {
            Schema.bringUpToDate(pool);
            return database;
        } catch (SQLException | RuntimeException e) {
            database.closeAfter(e);
            throw e;
        }
    }

    private void closeAfter(Exception failure) {
        try {
            close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static String embeddedUrl(Path dataDirectory) {
        return DERBY_PREFIX + dataDirectory.resolve("database") + ";create=true";
    }

    public DataSource dataSource() {
        return pool;
    }

    /** Closes the pool; an embedded Derby writes its checkpoint, so that the next start needs no recovery. */
    @Override
    public void close() throws SQLException {
        pool.close();
        if (url.startsWith(DERBY_PREFIX)) {
            shutDownDerby();
        }
    }

    private void shutDownDerby() throws SQLException {
        String database = url.split(";", 2)[0];
        try {
            DriverManager.getConnection(database + ";shutdown=true").close();
        } catch (SQLException e) {
            if (!DERBY_SHUT_DOWN.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
