package org.jameschatmail.guice.push;

import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.core.metric.CounterName;

/**
 * What the server counts of its notifications, for the metrics of James.
 *
 * @param sent taken by the proxy
 * @param failed requests that failed, most of which are tried again
 * @param dropped given up after all tries or five hours
 */
record PushCounters(Metric sent, Metric failed, Metric dropped) {
    static PushCounters of(MetricFactory metrics) {
        return new PushCounters(
                metrics.generate(CounterName.PUSH_SENT.internal()),
                metrics.generate(CounterName.PUSH_FAILED.internal()),
                metrics.generate(CounterName.PUSH_DROPPED.internal()));
    }
}
