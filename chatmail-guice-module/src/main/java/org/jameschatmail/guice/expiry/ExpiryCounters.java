package org.jameschatmail.guice.expiry;

import java.util.concurrent.atomic.LongAdder;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;

/** What the expiry has removed since the start, for the metrics of James. Thread-safe. */
@Singleton
final class ExpiryCounters {
    private final Metric messages;
    private final Metric accounts;
    private final LongAdder octets = new LongAdder();
    private volatile double lastDay;

    @Inject
    ExpiryCounters(MetricFactory metrics, GaugeRegistry gauges) {
        this.messages = metrics.generate("chatmail.expiry.messages");
        this.accounts = metrics.generate("chatmail.expiry.accounts");
        gauges.register("chatmail.expiry.octets", octets::sum);
        gauges.register("chatmail.expiry.day.seconds", () -> lastDay);
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
