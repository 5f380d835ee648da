package org.jameschatmail.web.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.apache.james.webadmin.Constants;
import org.apache.james.webadmin.Routes;
import org.jameschatmail.core.health.LogLevels;
import org.jameschatmail.core.health.LogLevels.Level;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * What is logged, until the next start. At DEBUG and TRACE the log names people and what they do.
 *
 * <pre>{@code
 * GET /chatmail/log   200 {"levels":{"ROOT":"INFO","org.apache.james":"WARN"}}
 * PUT /chatmail/log {"logger":"org.jameschatmail.guice.outgoing","level":"DEBUG"}   200 the same, as it is now
 * }</pre>
 *
 * Without {@code level} the logger says as much as the one above it. 400 where something is malformed.
 */
public final class LogRoutes implements Routes {
    private static final String LOG = "/chatmail/log";
    private static final Pattern LOGGER =
            Pattern.compile("ROOT|[a-z][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*){0,20}");

    private final LogLevels levels;

    @Inject
    public LogRoutes(LogLevels levels) {
        this.levels = levels;
    }

    @Override
    public String getBasePath() {
        return LOG;
    }

    @Override
    public void define(Service service) {
        service.get(LOG, this::show);
        service.put(LOG, this::change);
    }

    private String change(Request request, Response response) {
        RequestFields fields = RequestFields.of(request, "logger", "level");
        String logger = fields.text("logger")
                .filter(name -> name.length() <= 200 && LOGGER.matcher(name).matches())
                .orElseThrow(() -> Refusal.badRequest("logger is the name of a logger, such as org.jameschatmail"));
        Optional<Level> level = fields.text("level").map(LogRoutes::level);
        if (logger.equals("ROOT") && level.isEmpty()) {
            throw Refusal.badRequest("ROOT has none above it");
        }
        levels.set(logger, level);
        return show(request, response);
    }

    private static Level level(String word) {
        return Arrays.stream(Level.values())
                .filter(level -> level.name().equals(word))
                .findFirst()
                .orElseThrow(() -> Refusal.badRequest("level is one of " + Arrays.toString(Level.values())));
    }

    private String show(Request request, Response response) {
        response.type(Constants.JSON_CONTENT_TYPE);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode each = answer.putObject("levels");
        levels.levels().forEach((logger, level) -> each.put(logger, level.name()));
        return answer.toString();
    }
}
