package org.jameschatmail.web.statistics;

import java.sql.SQLException;
import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.jameschatmail.core.metric.Exposition;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * {@code GET /chatmail/metrics}: what the server measures of itself, for Prometheus, by the names of
 * {@link org.jameschatmail.core.metric.MetricFamily}. Takes any token; names no person.
 */
public final class PrometheusRoutes implements Routes {
    private static final String METRICS = "/chatmail/metrics";

    private final PrometheusText metrics;

    @Inject
    public PrometheusRoutes(PrometheusText metrics) {
        this.metrics = metrics;
    }

    @Override
    public String getBasePath() {
        return METRICS;
    }

    @Override
    public void define(Service service) {
        service.get(METRICS, this::show);
    }

    private String show(Request request, Response response) throws SQLException {
        response.type(Exposition.MEDIA_TYPE);
        return metrics.read();
    }
}
