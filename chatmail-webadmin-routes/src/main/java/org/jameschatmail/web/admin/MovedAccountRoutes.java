package org.jameschatmail.web.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.webadmin.Constants;
import org.apache.james.webadmin.Routes;
import org.jameschatmail.core.account.Login;
import org.jameschatmail.core.moving.AccountMoves;
import org.jameschatmail.core.moving.AccountMoves.Belongings;
import org.jameschatmail.core.moving.AccountMoves.Result;
import org.jameschatmail.core.moving.MovedAccount;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * Accounts that come from other servers.
 *
 * <pre>{@code
 * POST /chatmail/moved-accounts?dryRun=false                200 {"outcome":"moved"}, or "known", "unused"
 *      {"address","passwordHash","lastLogin","cleartext"}
 * POST /chatmail/moved-accounts/ADDRESS/belongings          200 {"stored","storedBytes","present","tooOld","tooLarge",
 *                                                                "overQuota","deviceTokens"}
 * }</pre>
 *
 * The second takes what {@link BelongingsReader} reads. Both may be repeated; what is there isn't doubled, and one account's
 * belongings are taken at a time. 400 where something is malformed or can't be taken, 404 where the account didn't come by
 * the first.
 */
public final class MovedAccountRoutes implements Routes {
    /** Where all of them begin. */
    public static final String ACCOUNTS = "/chatmail/moved-accounts";

    private static final String ADDRESS = ":address";
    private static final String HASH = "passwordHash";
    private static final int BLOCK = 1 << 16;

    private final AccountMoves moves;
    /** Holds whole messages in memory. */
    private final Object oneAtATime = new Object();

    @Inject
    public MovedAccountRoutes(AccountMoves moves) {
        this.moves = moves;
    }

    @Override
    public String getBasePath() {
        return ACCOUNTS;
    }

    @Override
    public void define(Service service) {
        service.post(ACCOUNTS, this::move);
        service.post(ACCOUNTS + "/" + ADDRESS + "/belongings", this::take);
    }

    private String move(Request request, Response response) {
        RequestFields fields = RequestFields.of(request, "address", HASH, "lastLogin", "cleartext");
        MovedAccount account = new MovedAccount(
                required(fields, "address"),
                required(fields, HASH),
                fields.text("lastLogin").map(MovedAccountRoutes::day),
                fields.flag("cleartext").orElse(false));
        Result result = moves.move(account, Boolean.parseBoolean(request.queryParams("dryRun")));
        if (result instanceof Result.Refused refused) {
            throw Refusal.badRequest(refused.reason());
        }
        String outcome = result instanceof Result.Moved ? "moved" : result instanceof Result.Known ? "known" : "unused";
        return json(response, JsonNodeFactory.instance.objectNode().put("outcome", outcome));
    }

    private static String required(RequestFields fields, String name) {
        return fields.text(name).orElseThrow(() -> Refusal.badRequest(name + " is needed"));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.badRequest("lastLogin is a day such as 2026-11-23");
        }
    }

    private String take(Request request, Response response) throws IOException {
        Optional<Login> address = Login.parse(request.params(ADDRESS));
        if (address.isEmpty()) {
            throw Refusal.badRequest("The address is malformed");
        }
        synchronized (oneAtATime) {
            try (InputStream body = new BufferedInputStream(request.raw().getInputStream(), BLOCK)) {
                BelongingsReader reader = new BelongingsReader(body, moves.longestMessage());
                return json(response, reader.read(() -> belongings(address.get().address())));
            } catch (BelongingsReader.MalformedException e) {
                throw Refusal.badRequest(String.valueOf(e.getMessage()));
            }
        }
    }

    private Belongings belongings(String address) {
        return moves.belongings(address)
                .orElseThrow(() -> Refusal.notFound("No such account came from another server"));
    }

    private static String json(Response response, ObjectNode answer) {
        response.type(Constants.JSON_CONTENT_TYPE);
        return answer.toString();
    }
}
