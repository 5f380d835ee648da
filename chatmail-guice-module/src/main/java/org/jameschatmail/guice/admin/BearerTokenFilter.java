package org.jameschatmail.guice.admin;

import static spark.Spark.halt;

import java.util.Locale;
import javax.inject.Inject;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import spark.Request;
import spark.Response;

/**
 * Lets a WebAdmin request pass that carries {@code Authorization: Bearer TOKEN} (RFC 6750, section 2.1); any other is
 * answered 401. Thread-safe.
 */
public final class BearerTokenFilter implements AuthenticationFilter {
    private static final String SCHEME = "bearer ";
    /** In the shape of James' own errors, whose list of types has none for this. */
    private static final String UNAUTHORIZED = """
            {"statusCode":401,"type":"Unauthorized","message":"This needs the header Authorization: Bearer TOKEN"}""";

    private final AdminToken token;

    @Inject
    public BearerTokenFilter(AdminToken token) {
        this.token = token;
    }

    @Override
    public void handle(Request request, Response response) {
        if (request.requestMethod().equals("OPTIONS")) {
            return;
        }
        if (!isAuthorized(request.headers(HttpHeader.AUTHORIZATION.asString()))) {
            response.header(HttpHeader.WWW_AUTHENTICATE.asString(), "Bearer realm=\"WebAdmin\"");
            halt(HttpStatus.UNAUTHORIZED_401, UNAUTHORIZED);
        }
    }

    private boolean isAuthorized(@Nullable String header) {
        return header != null
                && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                && token.matches(header.substring(SCHEME.length()).strip());
    }
}
