package org.jameschatmail.web.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.webadmin.Constants;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.utils.Responses;
import org.eclipse.jetty.http.HttpStatus;
import org.jameschatmail.core.account.AccountBans;
import org.jameschatmail.core.account.AccountDirectory;
import org.jameschatmail.core.account.AccountKeeping;
import org.jameschatmail.core.account.AccountKeeping.Result;
import org.jameschatmail.core.account.AccountSummary;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * The accounts of the server.
 *
 * <pre>{@code
 * GET    /chatmail/accounts?search=ac1&after=ADDRESS&limit=100   200 {"accounts":[…],"next":"ADDRESS"}
 * POST   /chatmail/accounts {"address","password"}               201 {"address","password","dcloginUrl"}, 409
 * GET    /chatmail/accounts/ADDRESS                              200 {"address","lastLogin","usedBytes","messages",
 *                                                                     "quotaBytes","banned","cleartext"}
 * DELETE /chatmail/accounts/ADDRESS                              204, with all that is its own
 * PUT    /chatmail/accounts/ADDRESS/password {"password"}        200 {"address","password","dcloginUrl"}
 * GET    /chatmail/accounts/ADDRESS/ban                          200 {"banned":true}
 * PUT    /chatmail/accounts/ADDRESS/ban                          204
 * DELETE /chatmail/accounts/ADDRESS/ban                          204
 * }</pre>
 *
 * What is left out of a body is made up. {@code next} is null behind the last page. 400 where something is malformed, 404
 * where the account is unknown.
 */
public final class AccountsRoutes implements Routes {
    private static final String ACCOUNTS = "/chatmail/accounts";
    private static final String ADDRESS = ":address";
    private static final String ONE = ACCOUNTS + "/" + ADDRESS;
    private static final String PASSWORD = "password";
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;
    private static final int LONGEST_ADDRESS = 320;

    private final AccountDirectory directory;
    private final AccountKeeping keeping;
    private final AccountBans bans;

    @Inject
    public AccountsRoutes(AccountDirectory directory, AccountKeeping keeping, AccountBans bans) {
        this.directory = directory;
        this.keeping = keeping;
        this.bans = bans;
    }

    @Override
    public String getBasePath() {
        return ACCOUNTS;
    }

    @Override
    public void define(Service service) {
        service.get(ACCOUNTS, this::list);
        service.post(ACCOUNTS, this::create);
        service.get(ONE, this::show);
        service.delete(ONE, this::delete);
        service.put(ONE + "/password", this::resetPassword);
        service.get(ONE + "/ban", this::showBan);
        service.put(ONE + "/ban", this::ban);
        service.delete(ONE + "/ban", this::lift);
    }

    private String list(Request request, Response response) {
        int limit = limit(request);
        List<AccountSummary> found = directory.list(query(request, "search"), query(request, "after"), limit);
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode accounts = page.putArray("accounts");
        found.forEach(account -> accounts.add(describe(account)));
        page.put("next", found.size() < limit ? null : found.get(limit - 1).address());
        return json(response, page);
    }

    private static String query(Request request, String name) {
        String value = Optional.ofNullable(request.queryParams(name)).orElse("");
        if (value.length() > LONGEST_ADDRESS) {
            throw Refusal.badRequest(name + " is longer than " + LONGEST_ADDRESS + " characters");
        }
        return value;
    }

    private static int limit(Request request) {
        String limit = Optional.ofNullable(request.queryParams("limit")).orElse(Integer.toString(DEFAULT_LIMIT));
        if (!limit.matches("[1-9][0-9]{0,3}") || Integer.parseInt(limit) > MAX_LIMIT) {
            throw Refusal.badRequest("limit is a number from 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(limit);
    }

    private static ObjectNode describe(AccountSummary account) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("address", account.address())
                .put("lastLogin", account.lastLogin().map(LocalDate::toString).orElse(null))
                .put("usedBytes", account.usedBytes())
                .put("messages", account.messages())
                .put("quotaBytes", account.quotaBytes().orElse(null))
                .put("banned", account.banned())
                .put("cleartext", account.cleartext());
    }

    private String create(Request request, Response response) {
        RequestFields fields = RequestFields.of(request, "address", PASSWORD);
        Result.Done done = done(keeping.create(fields.text("address"), fields.text(PASSWORD)));
        response.status(HttpStatus.CREATED_201);
        return json(response, describe(done));
    }

    private String resetPassword(Request request, Response response) {
        RequestFields fields = RequestFields.of(request, PASSWORD);
        return json(response, describe(done(keeping.resetPassword(account(request), fields.text(PASSWORD)))));
    }

    private static Result.Done done(Result result) {
        if (result instanceof Result.Done done) {
            return done;
        }
        if (result instanceof Result.Exists) {
            throw Refusal.conflict("There is an account of this address");
        }
        throw result instanceof Result.Refused refused ? Refusal.badRequest(refused.reason()) : unknown();
    }

    private static ObjectNode describe(Result.Done done) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("address", done.credentials().email())
                .put(PASSWORD, done.credentials().password())
                .put("dcloginUrl", done.loginLink());
    }

    private String show(Request request, Response response) {
        return json(response, describe(summary(request)));
    }

    private AccountSummary summary(Request request) {
        return directory.find(account(request)).orElseThrow(AccountsRoutes::unknown);
    }

    private String delete(Request request, Response response) {
        if (!keeping.delete(account(request))) {
            throw unknown();
        }
        return Responses.returnNoContent(response);
    }

    private String showBan(Request request, Response response) {
        return json(
                response,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("banned", summary(request).banned()));
    }

    private String ban(Request request, Response response) {
        bans.ban(summary(request).address());
        return Responses.returnNoContent(response);
    }

    private String lift(Request request, Response response) {
        bans.lift(summary(request).address());
        return Responses.returnNoContent(response);
    }

    private static String account(Request request) {
        String address = request.params(ADDRESS).toLowerCase(Locale.ROOT);
        if (address.length() > LONGEST_ADDRESS
                || address.indexOf('@') < 1
                || address.indexOf('@') == address.length() - 1) {
            throw Refusal.badRequest("The address is malformed");
        }
        return address;
    }

    private static RuntimeException unknown() {
        return Refusal.notFound("There is no such account");
    }

    private static String json(Response response, ObjectNode answer) {
        response.type(Constants.JSON_CONTENT_TYPE);
        return answer.toString();
    }
}
