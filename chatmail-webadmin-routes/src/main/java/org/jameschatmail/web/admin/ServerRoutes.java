package org.jameschatmail.web.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import javax.inject.Inject;
import org.apache.james.webadmin.Constants;
import org.apache.james.webadmin.Routes;
import org.jameschatmail.core.account.RegistrationControl;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * The server as a whole.
 *
 * <pre>{@code
 * GET /chatmail/status          200 {"version","domain","startedAt","uptimeSeconds","accounts","messages","storedBytes",
 *                                    "freeDiskBytes","heapUsedBytes","registration","queue":{"outgoing","spool","push"}}
 * GET /chatmail/push            200 {"tokens":12,"queued":0}
 * GET /chatmail/dns             200 the zone, as chatmail dns --json prints it
 * GET /chatmail/configuration   200 {"domain":"chat.example",…}, the keys as they were at the start, secrets masked
 * }</pre>
 */
public final class ServerRoutes implements Routes {
    private static final String CHATMAIL = "/chatmail";
    private static final String STATUS = CHATMAIL + "/status";

    private final ServerView server;
    private final RegistrationControl registration;
    private final Clock clock;

    @Inject
    public ServerRoutes(ServerView server, RegistrationControl registration, Clock clock) {
        this.server = server;
        this.registration = registration;
        this.clock = clock;
    }

    /** Of all routes of ours, so that none of them, nor a path that is none, answers without a token. */
    @Override
    public String getBasePath() {
        return CHATMAIL;
    }

    @Override
    public void define(Service service) {
        service.get(STATUS, this::status);
        service.get(CHATMAIL + "/push", this::push);
        service.get(CHATMAIL + "/dns", this::zone);
        service.get(CHATMAIL + "/configuration", this::configuration);
    }

    private String status(Request request, Response response) {
        ServerView.Status status = server.status();
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("version", status.version())
                .put("domain", status.domain())
                .put("startedAt", status.startedAt().toString())
                .put(
                        "uptimeSeconds",
                        Duration.between(status.startedAt(), clock.instant()).toSeconds())
                .put("accounts", status.accounts())
                .put("messages", status.messages())
                .put("storedBytes", status.storedBytes())
                .put("freeDiskBytes", status.freeDiskBytes())
                .put("heapUsedBytes", status.heapUsedBytes())
                .put("registration", registration.mode().name().toLowerCase(Locale.ROOT));
        answer.putObject("queue")
                .put("outgoing", status.outgoing())
                .put("spool", status.spool())
                .put("push", status.push());
        return json(response, answer.toString());
    }

    private String push(Request request, Response response) {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("tokens", server.deviceTokens())
                .put("queued", server.status().push());
        return json(response, answer.toString());
    }

    private String zone(Request request, Response response) {
        return json(response, server.zoneJson());
    }

    private String configuration(Request request, Response response) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        server.configuration().forEach(answer::put);
        return json(response, answer.toString());
    }

    private static String json(Response response, String answer) {
        response.type(Constants.JSON_CONTENT_TYPE);
        return answer;
    }
}
