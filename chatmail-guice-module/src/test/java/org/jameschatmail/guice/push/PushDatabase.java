package org.jameschatmail.guice.push;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.apache.commons.dbcp2.BasicDataSource;
import org.jameschatmail.guice.database.Schema;
import org.jameschatmail.guice.metadata.JdbcDeviceTokens;
import org.jameschatmail.protocols.imap.metadata.AdvancingClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database with the tables of tokens and notifications, emptied before each test. */
final class PushDatabase implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    static {
        System.setProperty("derby.stream.error.file", "target/derby.log");
        System.setProperty("derby.locks.deadlockTimeout", "1");
    }

    private final boolean onPostgres;
    private final AdvancingClock clock = new AdvancingClock();
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable BasicDataSource pool;

    private PushDatabase(boolean onPostgres) {
        this.onPostgres = onPostgres;
    }

    static PushDatabase derby() {
        return new PushDatabase(false);
    }

    static PushDatabase postgres() {
        return new PushDatabase(true);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        pool = new BasicDataSource();
        if (onPostgres) {
            postgres = EmbeddedPostgres.start();
            pool.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
        } else {
            pool.setUrl("jdbc:derby:memory:" + UUID.randomUUID() + ";create=true");
        }
        pool.setPoolPreparedStatements(true);
        pool.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        Schema.bringUpToDate(pool);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        execute("DELETE FROM chatmail_push");
        execute("DELETE FROM chatmail_device_token");
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        pool.close();
        if (postgres != null) {
            postgres.close();
        }
    }

    AdvancingClock clock() {
        return clock;
    }

    JdbcPushQueue newQueue() {
        return new JdbcPushQueue(pool, clock);
    }

    JdbcDeviceTokens newTokens() {
        return new JdbcDeviceTokens(pool, clock);
    }

    Connection connect() throws SQLException {
        return pool.getConnection();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How many notifications are in the table. */
    long rows() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM chatmail_push")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
