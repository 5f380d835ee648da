package org.jameschatmail.guice.mailbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.james.utils.UpdatableTickingClock;
import org.jameschatmail.core.configuration.QuotaConfiguration;
import org.jameschatmail.guice.database.Schema;
import org.jameschatmail.guice.mailbox.StoredMessages.Structure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database with the tables of the mailboxes, emptied before each test, and the parts of a server that use it. */
final class MailboxStoreDatabase implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private static final List<String> TABLES = List.of(
            "chatmail_mailbox",
            "chatmail_message",
            "chatmail_body",
            "chatmail_subscription",
            "chatmail_annotation",
            "chatmail_quota_limit");

    static {
        System.setProperty("derby.stream.error.file", "target/derby.log");
        System.setProperty("derby.locks.deadlockTimeout", "1");
    }

    private final boolean onPostgres;
    private final UpdatableTickingClock clock = new UpdatableTickingClock(Instant.parse("2024-05-06T07:08:09Z"));
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable BasicDataSource pool;
    private @Nullable Parts parts;

    private MailboxStoreDatabase(boolean onPostgres) {
        this.onPostgres = onPostgres;
    }

    static MailboxStoreDatabase derby() {
        return new MailboxStoreDatabase(false);
    }

    static MailboxStoreDatabase postgres() {
        return new MailboxStoreDatabase(true);
    }

    /** What one server makes of a database. */
    record Parts(
            MailboxDatabase database,
            StorageLimits limits,
            MessageAppends appends,
            JdbcMapperFactory mappers,
            JdbcMessageMapper messagesOfUnknownStructure) {}

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        pool = new BasicDataSource();
        pool.setUrl(url());
        pool.setMaxTotal(24);
        pool.setMaxIdle(24);
        pool.setPoolPreparedStatements(true);
        pool.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        Schema.bringUpToDate(pool);
        parts = newParts();
    }

    private String url() throws IOException {
        if (onPostgres) {
            postgres = EmbeddedPostgres.start();
            return postgres.getJdbcUrl("postgres", "postgres");
        }
        return "jdbc:derby:memory:" + UUID.randomUUID() + ";create=true";
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        for (String table : TABLES) {
            execute("DELETE FROM " + table);
        }
        parts = newParts();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        pool.close();
        if (postgres != null) {
            postgres.close();
        }
    }

    /** Another server on the same database: it shares nothing with the first but the tables. */
    Parts newParts() {
        MailboxDatabase database = new MailboxDatabase(pool);
        Bodies bodies = new Bodies();
        FillingAccounts filling = new FillingAccounts();
        StorageLimits limits = new StorageLimits(QuotaConfiguration.DEFAULT, filling);
        MessageWrites writes = new MessageWrites(bodies, limits, clock);
        return new Parts(
                database,
                limits,
                new MessageAppends(bodies, limits, clock),
                new JdbcMapperFactory(database, writes, bodies, new JdbcSequences(database)),
                new JdbcMessageMapper(database, writes, bodies, Structure.UNKNOWN));
    }

    Parts parts() {
        return parts;
    }

    UpdatableTickingClock clock() {
        return clock;
    }

    Connection connect() throws SQLException {
        return pool.getConnection();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
