package org.jameschatmail.guice.statistics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import java.sql.SQLException;
import javax.inject.Inject;
import org.jameschatmail.core.metric.CounterName;
import org.jameschatmail.core.metric.Exposition;
import org.jameschatmail.core.metric.GaugeName;
import org.jameschatmail.core.metric.MessageLatencies;
import org.jameschatmail.core.metric.MetricFamily;
import org.jameschatmail.protocols.session.OpenConnections;
import org.jameschatmail.web.admin.ServerView;
import org.jameschatmail.web.statistics.PrometheusText;

/**
 * Reads counters and gauges from James' registry, where the parts of the server keep them, and the rest from the server
 * itself. A counter that nothing has touched yet is zero, so that a board shows it from the start. Thread-safe.
 */
final class MeasuredServer implements PrometheusText {
    private final MetricRegistry registry;
    private final RunningServer server;
    private final OpenConnections connections;
    private final MessageLatencies latencies;

    @Inject
    MeasuredServer(
            MetricRegistry registry, RunningServer server, OpenConnections connections, MessageLatencies latencies) {
        this.registry = registry;
        this.server = server;
        this.connections = connections;
        this.latencies = latencies;
    }

    @Override
    public String read() throws SQLException {
        Exposition exposition = new Exposition();
        for (CounterName counter : CounterName.all()) {
            exposition.add(counter.family(), counter.label(), count(counter.internal()));
        }
        for (GaugeName gauge : GaugeName.values()) {
            exposition.add(gauge.family(), level(gauge.internal()));
        }
        addServer(exposition);
        addQueues(exposition);
        long loggedIn = connections.countLoggedIn();
        return exposition
                .add(MetricFamily.SESSIONS, "logged_in", loggedIn)
                .add(MetricFamily.SESSIONS, "before_login", Math.max(0, connections.count() - loggedIn))
                .add(MetricFamily.DURABLE, latencies.durable())
                .add(MetricFamily.NOTIFIED, latencies.notified())
                .text();
    }

    private void addServer(Exposition exposition) {
        ServerView.Status status = server.status();
        exposition
                .add(MetricFamily.INFO, status.version().isEmpty() ? "unknown" : status.version(), 1)
                .add(MetricFamily.START_TIME, status.startedAt().getEpochSecond())
                .add(MetricFamily.ACCOUNTS, status.accounts())
                .add(MetricFamily.STORED_MESSAGES, status.messages())
                .add(MetricFamily.STORED_BYTES, status.storedBytes())
                .add(MetricFamily.FREE_DISK, status.freeDiskBytes())
                .add(MetricFamily.HEAP, status.heapUsedBytes());
    }

    private void addQueues(Exposition exposition) {
        StoredTotals.Waiting waiting = server.waiting();
        exposition
                .add(MetricFamily.OUTGOING_QUEUE, "new", waiting.untried())
                .add(MetricFamily.OUTGOING_QUEUE, "deferred", waiting.deferred())
                .add(MetricFamily.SPOOL, waiting.spool())
                .add(MetricFamily.PUSH_QUEUE, waiting.push())
                .add(MetricFamily.DEVICE_TOKENS, waiting.deviceTokens());
    }

    private double count(String name) {
        return registry.getMetrics().get(name) instanceof Meter meter ? meter.getCount() : 0;
    }

    private double level(String name) {
        return registry.getMetrics().get(name) instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
                ? number.doubleValue()
                : 0;
    }
}
