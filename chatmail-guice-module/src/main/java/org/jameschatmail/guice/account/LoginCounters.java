package org.jameschatmail.guice.account;

import javax.inject.Inject;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.core.metric.CounterName;

/** Counts logins of whatever protocol, and accounts that they made. Thread-safe. */
final class LoginCounters {
    private final Metric accepted;
    private final Metric refused;
    private final Metric undecided;
    private final Metric created;

    @Inject
    LoginCounters(MetricFactory metrics) {
        this.accepted = metrics.generate(CounterName.LOGIN_ACCEPTED.internal());
        this.refused = metrics.generate(CounterName.LOGIN_REFUSED.internal());
        this.undecided = metrics.generate(CounterName.LOGIN_UNDECIDED.internal());
        this.created = metrics.generate(CounterName.ACCOUNT_CREATED.internal());
    }

    void decided(boolean right) {
        (right ? accepted : refused).increment();
    }

    void undecided() {
        undecided.increment();
    }

    void created() {
        created.increment();
    }
}
