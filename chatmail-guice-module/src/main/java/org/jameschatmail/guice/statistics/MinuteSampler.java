package org.jameschatmail.guice.statistics;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.lifecycle.api.Startable;
import org.apache.james.util.concurrent.NamedThreadFactory;
import org.jameschatmail.core.metric.CounterName;
import org.jameschatmail.core.statistics.MinuteHistory;
import org.jameschatmail.core.statistics.Series;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At the end of each minute, notes what the counters of the metrics have gained in it and how much is stored and queued.
 * The first one begins when the server starts.
 */
@Singleton
final class MinuteSampler implements Startable, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(MinuteSampler.class);
    private static final long MILLIS = 60_000;
    /** The counters of a series: all whose names begin so. */
    private static final Map<Series, String> COUNTERS = Map.of(
            Series.SUBMITTED, CounterName.SUBMITTED.internal(),
            Series.INCOMING, CounterName.INCOMING.internal(),
            Series.REFUSED, CounterName.REFUSALS,
            Series.SENT, CounterName.DELIVERED.internal(),
            Series.FAILED, CounterName.FAILED.internal(),
            Series.EXPIRED, CounterName.EXPIRED_MESSAGES.internal(),
            Series.ERRORS, LoggedTrouble.METRIC);

    private final MetricRegistry metrics;
    private final StoredTotals totals;
    private final MinuteHistory history;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, NamedThreadFactory.withName("statistics"));
    // Read and written by the thread alone.
    private final Map<Series, Double> before = new EnumMap<>(Series.class);

    @Inject
    MinuteSampler(MetricRegistry metrics, StoredTotals totals, MinuteHistory history, Clock clock) {
        this.metrics = metrics;
        this.totals = totals;
        this.history = history;
        this.clock = clock;
    }

    void start() {
        long untilNextMinute = MILLIS - Math.floorMod(clock.millis(), MILLIS);
        thread.scheduleAtFixedRate(this::tick, untilNextMinute, MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            // A little after the end of a minute, or, where the timer is early, a little before.
            sample(clock.instant().minusMillis(MILLIS / 2));
        } catch (SQLException | RuntimeException e) {
            LOGGER.warn("The numbers of a minute are missing: {}", e.getClass().getSimpleName());
            LOGGER.debug("Why they are missing", e);
        }
    }

    /** Notes the minute that {@code within} is in. */
    void sample(Instant within) throws SQLException {
        Map<Series, Double> found = new EnumMap<>(totals.read());
        COUNTERS.forEach((series, prefix) -> {
            double now = sum(prefix);
            found.put(series, now - before.getOrDefault(series, 0.0));
            before.put(series, now);
        });
        history.note(within, found);
    }

    private double sum(String prefix) {
        return metrics.getMeters((name, metric) -> name.startsWith(prefix)).values().stream()
                .mapToLong(Meter::getCount)
                .sum();
    }

    @Override
    @PreDestroy
    public void close() {
        thread.shutdownNow();
    }
}
