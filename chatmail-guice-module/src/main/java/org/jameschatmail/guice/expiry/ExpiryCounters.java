package org.jameschatmail.guice.expiry;

import java.util.concurrent.atomic.LongAdder;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.core.metric.CounterName;
import org.jameschatmail.core.metric.GaugeName;

/** What the expiry has removed since the start, for the metrics of James. Thread-safe. */
@Singleton
final class ExpiryCounters {
    private final Metric messages;
    private final Metric accounts;
    private final LongAdder octets = new LongAdder();
    private volatile double lastDay;

    @Inject
    ExpiryCounters(MetricFactory metrics, GaugeRegistry gauges) {
        this.messages = metrics.generate(CounterName.EXPIRED_MESSAGES.internal());
        this.accounts = metrics.generate(CounterName.EXPIRED_ACCOUNTS.internal());
        gauges.register(GaugeName.EXPIRED_BYTES.internal(), octets::sum);
        gauges.register(GaugeName.EXPIRY_WORK.internal(), () -> lastDay);
    }

    void removed(long count, long bytes) {
        messages.add(Math.toIntExact(count));
        octets.add(bytes);
    }

    void removedAccount() {
        accounts.increment();
    }

    /** How long was worked within a whole day, pauses left out. */
    void worked(double seconds) {
        lastDay = seconds;
    }
}
