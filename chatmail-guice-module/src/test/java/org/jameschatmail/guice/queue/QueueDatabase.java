package org.jameschatmail.guice.queue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.jameschatmail.guice.database.Schema;

/** A database for one test, with a switch to break it and a count of the connections taken. */
final class QueueDatabase extends BasicDataSource {
    static {
        System.setProperty("derby.stream.error.file", "target/derby.log");
    }

    private final AtomicInteger taken = new AtomicInteger();
    private final List<JdbcMailQueueFactory> factories = new ArrayList<>();
    private volatile boolean broken;

    static QueueDatabase derbyInMemory() {
        return of("jdbc:derby:memory:" + UUID.randomUUID() + ";create=true");
    }

    static QueueDatabase of(String url) {
        QueueDatabase database = new QueueDatabase();
        database.setUrl(url);
        database.setMaxTotal(12);
        try {
            Schema.bringUpToDate(database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return database;
    }

    @Override
    public Connection getConnection() throws SQLException {
        taken.incrementAndGet();
        if (broken) {
            throw new SQLTransientConnectionException("switched off by the test", "08006");
        }
        return super.getConnection();
    }

    void breakDown() {
        broken = true;
    }

    void repair() {
        broken = false;
    }

    int connectionsTaken() {
        return taken.get();
    }

    JdbcMailQueueFactory newFactory() {
        return newFactory(Clock.systemUTC(), 50_000);
    }

    JdbcMailQueueFactory newFactory(Clock clock, int capacity) {
        JdbcMailQueueFactory factory = new JdbcMailQueueFactory(
                this,
                new RawMailQueueItemDecoratorFactory(),
                new RecordingMetricFactory(),
                new NoopGaugeRegistry(),
                clock,
                capacity);
        factories.add(factory);
        return factory;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = super.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> column(String sql) throws SQLException {
        try (Connection connection = super.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    void emptyTables() throws SQLException {
        execute("DELETE FROM mail_queue_item");
        execute("DELETE FROM mail_queue_body");
    }

    void closeFactories() {
        factories.forEach(JdbcMailQueueFactory::close);
    }
}
