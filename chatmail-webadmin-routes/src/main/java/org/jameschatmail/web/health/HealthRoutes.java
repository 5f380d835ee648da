package org.jameschatmail.web.health;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Set;
import javax.inject.Inject;
import org.apache.james.webadmin.Constants;
import org.apache.james.webadmin.PublicRoutes;
import org.eclipse.jetty.http.HttpStatus;
import org.jameschatmail.core.health.HealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * Whether the server is well, for those who watch it. It needs no token, and says no more than this:
 *
 * <pre>{@code
 * GET /health   200 {"good":true,"checks":{"certificate":true,"database":true,"disk":true,"event-loops":true}}
 *               503 the same, with false where something isn't as it should be
 * }</pre>
 */
public final class HealthRoutes implements PublicRoutes {
    private static final Logger LOGGER = LoggerFactory.getLogger(HealthRoutes.class);
    private static final String HEALTH = "/health";

    private final Set<HealthCheck> checks;

    @Inject
    public HealthRoutes(Set<HealthCheck> checks) {
        this.checks = checks;
    }

    @Override
    public String getBasePath() {
        return HEALTH;
    }

    @Override
    public void define(Service service) {
        service.get(HEALTH, this::show);
    }

    private String show(Request request, Response response) {
        ObjectNode results = JsonNodeFactory.instance.objectNode();
        boolean good = true;
        for (HealthCheck check :
                checks.stream().sorted(Comparator.comparing(HealthCheck::name)).toList()) {
            boolean passed = passes(check);
            good &= passed;
            results.put(check.name(), passed);
        }
        response.status(good ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503);
        response.type(Constants.JSON_CONTENT_TYPE);
        return JsonNodeFactory.instance
                .objectNode()
                .put("good", good)
                .set("checks", results)
                .toString();
    }

    private static boolean passes(HealthCheck check) {
        try {
            return check.isGood();
        } catch (Exception e) {
            LOGGER.warn("The check of {} failed: {}", check.name(), e.getClass().getName());
            return false;
        }
    }
}
