package org.jameschatmail.web.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.webadmin.Constants;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.apache.james.webadmin.utils.Responses;
import org.eclipse.jetty.http.HttpStatus;
import org.jameschatmail.core.account.CleartextConsents;
import spark.HaltException;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * Which accounts take mail from other servers that isn't encrypted. Another server's cleartext is accepted when every
 * recipient of the message does; submission stays encrypted for all. Thread-safe.
 *
 * <pre>{@code
 * GET    /chatmail/accounts/ac1_xxxxx@example.org/cleartext   200 {"accepted":false}
 * PUT    /chatmail/accounts/ac1_xxxxx@example.org/cleartext   204
 * DELETE /chatmail/accounts/ac1_xxxxx@example.org/cleartext   204
 * }</pre>
 *
 * 400 where the address is none, 404 where the account is unknown.
 */
public final class CleartextRoutes implements Routes {
    private static final String ACCOUNTS = "/chatmail/accounts";
    private static final String ADDRESS = ":address";
    private static final String CLEARTEXT = ACCOUNTS + "/" + ADDRESS + "/cleartext";

    private final Accounts accounts;
    private final CleartextConsents consents;

    @Inject
    public CleartextRoutes(Accounts accounts, CleartextConsents consents) {
        this.accounts = accounts;
        this.consents = consents;
    }

    @Override
    public String getBasePath() {
        return ACCOUNTS;
    }

    @Override
    public void define(Service service) {
        service.get(CLEARTEXT, this::show);
        service.put(CLEARTEXT, this::give);
        service.delete(CLEARTEXT, this::withdraw);
    }

    private String show(Request request, Response response) throws Exception {
        boolean accepted = consents.areGivenBy(List.of(account(request)));
        response.type(Constants.JSON_CONTENT_TYPE);
        return JsonNodeFactory.instance.objectNode().put("accepted", accepted).toString();
    }

    private String give(Request request, Response response) throws Exception {
        consents.give(account(request));
        return Responses.returnNoContent(response);
    }

    private String withdraw(Request request, Response response) throws Exception {
        consents.withdraw(account(request));
        return Responses.returnNoContent(response);
    }

    private String account(Request request) throws Exception {
        Username name = username(request.params(ADDRESS));
        if (!accounts.exist(name)) {
            throw halt(HttpStatus.NOT_FOUND_404, ErrorType.NOT_FOUND, "There is no such account");
        }
        return name.asString();
    }

    private static Username username(String text) {
        try {
            return Username.of(text);
        } catch (IllegalArgumentException e) {
            throw halt(HttpStatus.BAD_REQUEST_400, ErrorType.INVALID_ARGUMENT, "The address is malformed");
        }
    }

    private static HaltException halt(int status, ErrorType type, String message) {
        return ErrorResponder.builder()
                .statusCode(status)
                .type(type)
                .message(message)
                .haltError();
    }
}
