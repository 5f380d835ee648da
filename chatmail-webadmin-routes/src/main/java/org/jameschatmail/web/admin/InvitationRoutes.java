package org.jameschatmail.web.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.webadmin.Constants;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.utils.Responses;
import org.eclipse.jetty.http.HttpStatus;
import org.jameschatmail.core.account.Invitation;
import org.jameschatmail.core.account.InvitationStore;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * Invitations, which {@code registration.mode=token} asks for.
 *
 * <pre>{@code
 * GET    /chatmail/tokens                                     200 {"tokens":[…]}, the latest first
 * POST   /chatmail/tokens {"label","uses","expires"|"days"}   201 {"id","label","uses","used","expires","link"}
 * GET    /chatmail/tokens/ID                                  200 the same
 * GET    /chatmail/tokens/ID/qr.svg                           200 the link as a QR code
 * DELETE /chatmail/tokens/ID                                  204
 * }</pre>
 *
 * {@code uses} is 1 if it is left out; one without {@code expires} (a time as in {@code 2026-12-24T18:00:00Z}) and
 * {@code days} doesn't end by itself. 400 where something is malformed, 404 where the invitation is unknown.
 */
public final class InvitationRoutes implements Routes {
    private static final String TOKENS = "/chatmail/tokens";
    private static final String ID = ":id";
    private static final String ONE = TOKENS + "/" + ID;
    private static final int MOST_DAYS = 3650;

    private final InvitationStore invitations;
    private final InvitationLinks links;
    private final Clock clock;

    @Inject
    public InvitationRoutes(InvitationStore invitations, InvitationLinks links, Clock clock) {
        this.invitations = invitations;
        this.links = links;
        this.clock = clock;
    }

    @Override
    public String getBasePath() {
        return TOKENS;
    }

    @Override
    public void define(Service service) {
        service.get(TOKENS, this::list);
        service.post(TOKENS, this::make);
        service.get(ONE, this::show);
        service.delete(ONE, this::withdraw);
        service.get(ONE + "/qr.svg", this::picture);
    }

    private String list(Request request, Response response) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode tokens = answer.putArray("tokens");
        invitations.list().forEach(invitation -> tokens.add(describe(invitation)));
        return json(response, answer);
    }

    private String make(Request request, Response response) {
        RequestFields fields = RequestFields.of(request, "label", "uses", "expires", "days");
        String label = fields.text("label").orElse("").strip();
        if (label.length() > Invitation.LONGEST_LABEL) {
            throw Refusal.badRequest("label is longer than " + Invitation.LONGEST_LABEL + " characters");
        }
        int uses = fields.number("uses", 1, Invitation.MOST_USES).orElse(1);
        Invitation made = invitations.make(label, uses, expiry(fields));
        response.status(HttpStatus.CREATED_201);
        return json(response, describe(made));
    }

    private Optional<Instant> expiry(RequestFields fields) {
        Optional<Instant> days = fields.number("days", 1, MOST_DAYS)
                .map(number -> clock.instant().plus(Duration.ofDays(number)).truncatedTo(ChronoUnit.SECONDS));
        Optional<Instant> expires = fields.text("expires").map(InvitationRoutes::future);
        if (days.isPresent() && expires.isPresent()) {
            throw Refusal.badRequest("Give expires or days, not both");
        }
        return days.or(() -> expires);
    }

    private static Instant future(String text) {
        try {
            Instant time = Instant.parse(text);
            // Far from what milliseconds can hold, near enough for any invitation.
            if (time.isAfter(Instant.EPOCH) && time.isBefore(Instant.parse("9999-01-01T00:00:00Z"))) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        throw Refusal.badRequest("expires is a time such as 2026-12-24T18:00:00Z");
    }

    private String show(Request request, Response response) {
        return json(response, describe(invitation(request)));
    }

    private String withdraw(Request request, Response response) {
        if (!invitations.withdraw(request.params(ID))) {
            throw unknown();
        }
        return Responses.returnNoContent(response);
    }

    private String picture(Request request, Response response) {
        String svg = links.qrCode(links.of(invitation(request)));
        response.type("image/svg+xml");
        response.header("Cache-Control", "no-store");
        return svg;
    }

    private Invitation invitation(Request request) {
        return invitations.find(request.params(ID)).orElseThrow(InvitationRoutes::unknown);
    }

    private static RuntimeException unknown() {
        return Refusal.notFound("There is no such invitation");
    }

    private ObjectNode describe(Invitation invitation) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", invitation.id())
                .put("label", invitation.label())
                .put("uses", invitation.uses())
                .put("used", invitation.used())
                .put("expires", invitation.expires().map(Instant::toString).orElse(null))
                .put("link", links.of(invitation));
    }

    private static String json(Response response, ObjectNode answer) {
        response.type(Constants.JSON_CONTENT_TYPE);
        return answer.toString();
    }
}
