package org.jameschatmail.guice.admin;

import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.dropwizard.MetricsRoutes;
import spark.Service;

/**
 * {@code GET /metrics}: all counters and timers in the text form of Prometheus, ours under {@code chatmail_}. James' own
 * route, which it would open to everybody; here it takes the token as all of WebAdmin does. Names no person.
 */
final class MetricsWithToken implements Routes {
    private final MetricsRoutes metrics;

    @Inject
    MetricsWithToken(MetricsRoutes metrics) {
        this.metrics = metrics;
    }

    @Override
    public String getBasePath() {
        return metrics.getBasePath();
    }

    @Override
    public void define(Service service) {
        metrics.define(service);
    }
}
