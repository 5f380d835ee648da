package org.jameschatmail.guice.outgoing;

import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.core.metric.CounterName;

/**
 * What the server counts of its outgoing mail, for the metrics of James; each is a number of recipients.
 *
 * @param delivered taken by another server
 * @param deferred to be tried again
 * @param failed given up
 */
record OutgoingCounters(Metric delivered, Metric deferred, Metric failed) {
    static OutgoingCounters of(MetricFactory metrics) {
        return new OutgoingCounters(
                metrics.generate(CounterName.DELIVERED.internal()),
                metrics.generate(CounterName.DEFERRED.internal()),
                metrics.generate(CounterName.FAILED.internal()));
    }
}
