package org.jameschatmail.web.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import javax.inject.Inject;
import org.apache.james.webadmin.Constants;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.utils.Responses;
import org.eclipse.jetty.http.HttpStatus;
import org.jameschatmail.web.admin.AdminTokens.Entry;
import org.jameschatmail.web.admin.AdminTokens.Made;
import org.jameschatmail.web.admin.AdminTokens.Scope;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * Tokens for programs, such as one that reads {@code /metrics}.
 *
 * <pre>{@code
 * GET    /chatmail/admin-tokens                     200 {"tokens":[{"id","label","scope","made"}]}
 * POST   /chatmail/admin-tokens {"label","scope"}   201 {"id","label","scope","made","token"}, 409
 * DELETE /chatmail/admin-tokens/ID                  204
 * }</pre>
 *
 * {@code scope} is {@code read} (GET and HEAD, on all of WebAdmin) or {@code write}, and {@code token} is shown this once.
 * 403 for everybody but the token in the file: whoever could make tokens would keep a way in when theirs is deleted. 400
 * where something is malformed, 404 where the token is unknown, 409 where there are too many.
 */
public final class AdminTokenRoutes implements Routes {
    private static final String TOKENS = "/chatmail/admin-tokens";
    private static final String ID = ":id";

    private final AdminTokens tokens;

    @Inject
    public AdminTokenRoutes(AdminTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public String getBasePath() {
        return TOKENS;
    }

    @Override
    public void define(Service service) {
        service.get(TOKENS, this::list);
        service.post(TOKENS, this::make);
        service.delete(TOKENS + "/" + ID, this::delete);
    }

    private static void requireOwner(Request request) {
        if (request.attribute(Scope.ATTRIBUTE) != Scope.OWNER) {
            throw Refusal.forbidden("This needs the token in the file admin-token");
        }
    }

    private String list(Request request, Response response) {
        requireOwner(request);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("tokens");
        tokens.list().forEach(entry -> list.add(describe(entry)));
        response.type(Constants.JSON_CONTENT_TYPE);
        return answer.toString();
    }

    private String make(Request request, Response response) {
        requireOwner(request);
        RequestFields fields = RequestFields.of(request, "label", "scope");
        String label = fields.text("label").orElse("").strip();
        if (label.length() > AdminTokens.LONGEST_LABEL) {
            throw Refusal.badRequest("label is longer than " + AdminTokens.LONGEST_LABEL + " characters");
        }
        Made made = tokens.make(label, scope(fields.text("scope").orElse("")))
                .orElseThrow(() -> Refusal.conflict(
                        "There are " + AdminTokens.MOST_TOKENS + " tokens: delete one that isn't used"));
        response.status(HttpStatus.CREATED_201);
        response.type(Constants.JSON_CONTENT_TYPE);
        response.header("Cache-Control", "no-store");
        return describe(made.entry()).put("token", made.token()).toString();
    }

    private static Scope scope(String word) {
        return switch (word) {
            case "read" -> Scope.READ;
            case "write" -> Scope.WRITE;
            default -> throw Refusal.badRequest("scope is read or write");
        };
    }

    private String delete(Request request, Response response) {
        requireOwner(request);
        if (!tokens.delete(request.params(ID))) {
            throw Refusal.notFound("There is no such token");
        }
        return Responses.returnNoContent(response);
    }

    private static ObjectNode describe(Entry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", entry.id())
                .put("label", entry.label())
                .put("scope", entry.scope().name().toLowerCase(Locale.ROOT))
                .put("made", entry.made().toString());
    }
}
