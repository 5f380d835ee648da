package org.jameschatmail.web.statistics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.webadmin.Constants;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.eclipse.jetty.http.HttpStatus;
import org.jameschatmail.core.statistics.MinuteHistory;
import org.jameschatmail.core.statistics.Series;
import spark.HaltException;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * What the server did in the last minutes.
 *
 * <pre>{@code
 * GET /chatmail/statistics?minutes=180
 * 200 {"until":"2026-11-23T12:00:00Z","stepSeconds":60,"series":{"submitted":[null,0,12,…],"queue":[…],…}}
 * }</pre>
 *
 * The last value is of the last minute that has ended. {@code minutes} is 1 to 1440, by default 180; null is a minute in
 * which the server didn't run. Counts ({@code submitted}, {@code incoming}, {@code refused}, …) are of one minute, levels
 * ({@code queue}, {@code accounts}, …) of its end.
 */
public final class StatisticsRoutes implements Routes {
    private static final String STATISTICS = "/chatmail/statistics";
    private static final int DEFAULT_MINUTES = 180;

    private final MinuteHistory history;
    private final Clock clock;

    @Inject
    public StatisticsRoutes(MinuteHistory history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    @Override
    public String getBasePath() {
        return STATISTICS;
    }

    @Override
    public void define(Service service) {
        service.get(STATISTICS, this::show);
    }

    private String show(Request request, Response response) {
        int minutes = minutes(request);
        Instant end = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        response.type(Constants.JSON_CONTENT_TYPE);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("until", end.toString()).put("stepSeconds", 60);
        ObjectNode series = answer.putObject("series");
        for (Map.Entry<Series, double[]> found :
                history.until(end.minusSeconds(60), minutes).entrySet()) {
            ArrayNode values = series.putArray(found.getKey().id());
            for (double value : found.getValue()) {
                add(values, value);
            }
        }
        return answer.toString();
    }

    private static void add(ArrayNode values, double value) {
        if (Double.isNaN(value)) {
            values.addNull();
        } else {
            values.add(Math.round(value));
        }
    }

    private static int minutes(Request request) {
        String minutes = Optional.ofNullable(request.queryParams("minutes")).orElse(Integer.toString(DEFAULT_MINUTES));
        if (!minutes.matches("[1-9][0-9]{0,3}") || Integer.parseInt(minutes) > MinuteHistory.MINUTES) {
            throw badRequest();
        }
        return Integer.parseInt(minutes);
    }

    private static HaltException badRequest() {
        return ErrorResponder.builder()
                .statusCode(HttpStatus.BAD_REQUEST_400)
                .type(ErrorType.INVALID_ARGUMENT)
                .message("minutes is a number from 1 to " + MinuteHistory.MINUTES)
                .haltError();
    }
}
