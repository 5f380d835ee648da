package org.jameschatmail.guice.admin;

import static spark.Spark.halt;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.jameschatmail.web.admin.AdminTokens.Scope;
import org.jspecify.annotations.Nullable;
import spark.Request;
import spark.Response;

/**
 * Lets a WebAdmin request pass that carries {@code Authorization: Bearer TOKEN} (RFC 6750, section 2.1); any other is
 * answered 401, and one that changes something with a token that may only read 403. Routes find what the sender may do in
 * the attribute {@link Scope#ATTRIBUTE}. Thread-safe.
 */
public final class BearerTokenFilter implements AuthenticationFilter {
    private static final String SCHEME = "bearer ";
    /** In the shape of James' own errors, whose list of types has none for this. */
    private static final String UNAUTHORIZED = """
            {"statusCode":401,"type":"Unauthorized","message":"This needs the header Authorization: Bearer TOKEN"}""";

    private static final String FORBIDDEN = """
            {"statusCode":403,"type":"Forbidden","message":"This token may only read"}""";
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final AdminToken token;
    private final JdbcAdminTokens others;

    @Inject
    public BearerTokenFilter(AdminToken token, JdbcAdminTokens others) {
        this.token = token;
        this.others = others;
    }

    @Override
    public void handle(Request request, Response response) {
        if (request.requestMethod().equals("OPTIONS")) {
            return;
        }
        Optional<Scope> scope = scope(request.headers(HttpHeader.AUTHORIZATION.asString()));
        if (scope.isEmpty()) {
            response.header(HttpHeader.WWW_AUTHENTICATE.asString(), "Bearer realm=\"WebAdmin\"");
            halt(HttpStatus.UNAUTHORIZED_401, UNAUTHORIZED);
        }
        if (scope.get() == Scope.READ && !READING.contains(request.requestMethod())) {
            response.header(HttpHeader.WWW_AUTHENTICATE.asString(), "Bearer error=\"insufficient_scope\"");
            halt(HttpStatus.FORBIDDEN_403, FORBIDDEN);
        }
        request.attribute(Scope.ATTRIBUTE, scope.get());
    }

    private Optional<Scope> scope(@Nullable String header) {
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        String given = header.substring(SCHEME.length()).strip();
        return token.matches(given) ? Optional.of(Scope.OWNER) : others.scopeOf(given);
    }
}
