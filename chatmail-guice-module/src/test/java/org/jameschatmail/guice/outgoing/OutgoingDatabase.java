package org.jameschatmail.guice.outgoing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.jameschatmail.guice.database.Schema;
import org.jameschatmail.protocols.imap.metadata.AdvancingClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database with the tables of queued mail, emptied before each test. */
final class OutgoingDatabase implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    static {
        System.setProperty("derby.stream.error.file", "target/derby.log");
    }

    private final boolean onPostgres;
    private final AdvancingClock clock = new AdvancingClock();
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable BasicDataSource pool;

    private OutgoingDatabase(boolean onPostgres) {
        this.onPostgres = onPostgres;
    }

    static OutgoingDatabase derby() {
        return new OutgoingDatabase(false);
    }

    static OutgoingDatabase postgres() {
        return new OutgoingDatabase(true);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        pool = new BasicDataSource();
        pool.setMaxTotal(16);
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
        for (String table :
                new String[] {"chatmail_outgoing", "mail_queue_item", "mail_queue_body", "mail_queue_body_chunk"}) {
            execute("DELETE FROM " + table);
        }
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

    DataSource dataSource() {
        return pool;
    }

    OutgoingQueue newQueue() {
        return new OutgoingQueue(pool, clock);
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

    long rows(String table) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
