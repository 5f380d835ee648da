package org.jameschatmail.guice.expiry;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.james.core.Username;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.utils.UpdatableTickingClock;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.QuotaConfiguration;
import org.jameschatmail.core.configuration.RetentionConfiguration;
import org.jameschatmail.core.expiry.Pace;
import org.jameschatmail.guice.account.AccountData;
import org.jameschatmail.guice.account.AccountServer;
import org.jameschatmail.guice.account.ChatmailUsersRepository;
import org.jameschatmail.guice.account.LastLogins;
import org.jameschatmail.guice.database.Schema;
import org.jameschatmail.guice.database.Upkeep;
import org.jameschatmail.guice.delivery.RecentDeliveries;
import org.jameschatmail.guice.mailbox.MailboxServer;
import org.jameschatmail.guice.metadata.JdbcDeviceTokens;
import org.jameschatmail.guice.metadata.JdbcMailboxMetadata;
import org.jameschatmail.guice.queue.SetAsideMail;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a server has for the expiry, on a database of its own, with a clock that a test advances. Nothing pauses. */
final class ExpiryServer implements BeforeEachCallback, AfterEachCallback {
    static {
        System.setProperty("derby.stream.error.file", "target/derby.log");
        System.setProperty("derby.locks.deadlockTimeout", "1");
    }

    private final boolean onPostgres;
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable BasicDataSource pool;
    private @Nullable UpdatableTickingClock clock;
    private @Nullable MailboxServer mailboxes;
    private @Nullable AccountServer accounts;
    private @Nullable JdbcDeviceTokens tokens;
    private @Nullable MailboxExpiry mailboxExpiry;
    private @Nullable AccountExpiry accountExpiry;
    private @Nullable Expiry expiry;

    private ExpiryServer(boolean onPostgres) {
        this.onPostgres = onPostgres;
    }

    static ExpiryServer derby() {
        return new ExpiryServer(false);
    }

    static ExpiryServer postgres() {
        return new ExpiryServer(true);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        clock = new UpdatableTickingClock(Instant.parse("2026-01-01T06:00:00Z"));
        pool = new BasicDataSource();
        pool.setUrl(url());
        pool.setMaxTotal(24);
        pool.setPoolPreparedStatements(true);
        pool.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        Schema.bringUpToDate(pool);
        mailboxes = new MailboxServer(pool, QuotaConfiguration.DEFAULT, clock);
        tokens = new JdbcDeviceTokens(pool, clock);
        JdbcMailboxMetadata metadata = new JdbcMailboxMetadata(pool);
        Set<AccountData> data =
                Set.of(owner -> mailboxes.accountMail().removeAll(owner), tokens::removeAll, metadata::removeAll);
        Path folder = Files.createTempDirectory(Path.of("target"), "expiry");
        accounts = new AccountServer(pool, folder, RetentionConfiguration.DEFAULT, data, "chat.example", clock);
        accounts.users().countUsers();
        restart();
    }

    /** What a restart of the server makes anew. */
    void restart() {
        RetentionConfiguration retention = RetentionConfiguration.DEFAULT;
        mailboxExpiry = new MailboxExpiry(
                mailboxes.oldMessages(), mailboxes.accountMail(), retention, QuotaConfiguration.DEFAULT, clock);
        accountExpiry = new AccountExpiry(accounts.users(), accounts.logins(), mailboxExpiry, retention, clock);
        expiry = new Expiry(
                mailboxes.oldMessages(),
                accounts.logins(),
                mailboxExpiry,
                accountExpiry,
                new Leftovers(
                        pool,
                        new SetAsideMail(pool),
                        accounts.addresses(),
                        accounts.logins(),
                        tokens,
                        new RecentDeliveries(pool, clock),
                        retention,
                        clock),
                new Upkeep(pool),
                new Walks(pool),
                ChatmailConfiguration.DEFAULT,
                clock);
    }

    private String url() throws IOException {
        if (onPostgres) {
            postgres = EmbeddedPostgres.start();
            return postgres.getJdbcUrl("postgres", "postgres");
        }
        return "jdbc:derby:memory:" + UUID.randomUUID() + ";create=true";
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        accounts.close();
        pool.close();
        if (postgres != null) {
            postgres.close();
        }
    }

    Run newRun(Run.Mode mode) {
        ExpiryCounters counters = new ExpiryCounters(new RecordingMetricFactory(), new NoopGaugeRegistry());
        return new Run(mode, new Pace(100_000), Run.Pause.NONE, counters);
    }

    /** What the schedule does about once a minute. */
    ExpiryReport catchUp() throws Exception {
        Run run = newRun(Run.Mode.REMOVE);
        accounts.logins().write();
        expiry.catchUp(run);
        return run.report();
    }

    UpdatableTickingClock clock() {
        return clock;
    }

    MailboxServer mailboxes() {
        return mailboxes;
    }

    ChatmailUsersRepository users() {
        return accounts.users();
    }

    LastLogins logins() {
        return accounts.logins();
    }

    JdbcDeviceTokens tokens() {
        return tokens;
    }

    MailboxExpiry mailboxExpiry() {
        return mailboxExpiry;
    }

    AccountExpiry accountExpiry() {
        return accountExpiry;
    }

    Expiry expiry() {
        return expiry;
    }

    boolean login(Username name, String password) throws Exception {
        return users().test(name, password);
    }

    /** Puts a mail into the error repository, as James does. */
    void keepInRepository(String name, Instant updated) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO JAMES_MAIL_STORE (REPOSITORY_NAME,"
                        + " MESSAGE_NAME, MESSAGE_STATE, RECIPIENTS, REMOTE_HOST, REMOTE_ADDR, LAST_UPDATED,"
                        + " MESSAGE_BODY) VALUES ('error', ?, 'error', 'x', 'x', 'x', ?, ?)")) {
            insert.setString(1, name);
            insert.setTimestamp(2, Timestamp.from(updated));
            insert.setBytes(3, new byte[10]);
            insert.executeUpdate();
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
