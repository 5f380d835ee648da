package org.jameschatmail.guice.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.jameschatmail.core.statistics.MinuteHistory;
import org.jameschatmail.core.statistics.Series;
import org.jameschatmail.guice.database.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MinuteSamplerTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    static {
        System.setProperty("derby.stream.error.file", "target/derby.log");
    }

    private final BasicDataSource database = new BasicDataSource();
    private final MetricRegistry registry = new MetricRegistry();
    private final DropWizardMetricFactory metrics = new DropWizardMetricFactory(registry);
    private final MinuteHistory history = new MinuteHistory();
    private MinuteSampler sampler;

    @BeforeEach
    void open() throws SQLException {
        database.setUrl("jdbc:derby:memory:" + UUID.randomUUID() + ";create=true");
        Schema.bringUpToDate(database);
        execute("CREATE TABLE JAMES_USER (USER_NAME VARCHAR(100))");
        sampler = new MinuteSampler(registry, new StoredTotals(database), history, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @AfterEach
    void close() throws SQLException {
        sampler.close();
        database.close();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private double noted(Series series) {
        return history.until(NOON, 1).get(series)[0];
    }

    @Test
    void sampleShouldNoteWhatCountersHaveGained() throws SQLException {
        metrics.generate("chatmail.refused.encryption_needed").add(3);
        metrics.generate("chatmail.refused.no_such_account").add(2);
        metrics.generate("chatmail.accepted.submission").add(7);
        sampler.sample(NOON.minusSeconds(60));
        metrics.generate("chatmail.refused.encryption_needed").add(4);
        sampler.sample(NOON);
        assertThat(history.until(NOON, 2).get(Series.REFUSED)).containsExactly(5, 4);
        assertThat(history.until(NOON, 2).get(Series.SUBMITTED)).containsExactly(7, 0);
        assertThat(noted(Series.SENT)).isZero();
    }

    @Test
    void sampleShouldNoteWhatIsStored() throws SQLException {
        execute("INSERT INTO JAMES_USER VALUES ('a@chat.example')");
        execute(
                "INSERT INTO chatmail_mailbox VALUES (1, '#private', 'a@chat.example', 'INBOX', 1, 3, 3, 3, 0, 0, 6000, '')");
        execute(
                "INSERT INTO chatmail_mailbox VALUES (2, '#private', 'b@chat.example', 'INBOX', 1, 3, 3, 2, 0, 0, 500, '')");
        sampler.sample(NOON);
        assertThat(noted(Series.ACCOUNTS)).isEqualTo(1);
        assertThat(noted(Series.MESSAGES)).isEqualTo(5);
        assertThat(noted(Series.STORED)).isEqualTo(6500);
        assertThat(noted(Series.QUEUE)).isZero();
    }

    @Test
    void totalsShouldTellMailThatWasTriedFromMailThatWasNot() throws SQLException {
        StoredTotals totals = new StoredTotals(database);
        assertThat(totals.readWaiting()).isEqualTo(new StoredTotals.Waiting(0, 0, 0, 0, 0));
        for (int attempts : new int[] {0, 1, 7}) {
            execute("INSERT INTO chatmail_outgoing VALUES ('peer.example', '%d', '', 0, 0, %d, 'body', 5, '')"
                    .formatted(attempts, attempts));
        }
        assertThat(totals.readWaiting()).isEqualTo(new StoredTotals.Waiting(0, 0, 0, 1, 2));
    }

    @Test
    void sampleShouldCountWarningsOfTheLogAlsoAfterItsConfigurationWasRead() throws SQLException {
        LoggedTrouble.count(metrics);
        LoggerFactory.getLogger("a").warn("trouble");
        LoggerFactory.getLogger("a").info("news");
        sampler.sample(NOON);
        assertThat(noted(Series.ERRORS)).isEqualTo(1);
        ((ch.qos.logback.classic.LoggerContext) LoggerFactory.getILoggerFactory()).reset();
        LoggerFactory.getLogger("a").error("more");
        sampler.sample(NOON);
        assertThat(noted(Series.ERRORS)).isEqualTo(1);
    }
}
