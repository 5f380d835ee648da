package org.jameschatmail.guice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import org.jameschatmail.web.admin.AdminTokens;
import org.jameschatmail.web.admin.AdminTokens.Scope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import spark.HaltException;
import spark.Request;
import spark.Response;

class BearerTokenFilterTest {
    @TempDir
    Path folder;

    private static JdbcAdminTokens others;

    private String token;
    private BearerTokenFilter filter;

    @BeforeAll
    static void createTables() throws SQLException {
        others = new JdbcAdminTokens(TokenTables.create(), new SecureRandom(), Clock.systemUTC());
    }

    @BeforeEach
    void makeToken() throws IOException {
        AdminToken adminToken = AdminToken.of(folder, new SecureRandom());
        token = Files.readString(adminToken.file()).strip();
        filter = new BearerTokenFilter(adminToken, others);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer  "})
    void requestShouldPassWhenItHasTheToken(String scheme) {
        Asked request = new Asked("DELETE", scheme + token);

        assertThatCode(() -> filter.handle(request, new Answered())).doesNotThrowAnyException();
        assertThat(request.scope).isEqualTo(Scope.OWNER);
    }

    @ParameterizedTest
    @CsvSource({"GET, 200", "HEAD, 200", "POST, 403", "PUT, 403", "PATCH, 403", "DELETE, 403", "get, 403", "TRACE, 403"
    })
    void requestShouldBeForbiddenWhenItsTokenMayOnlyRead(String method, int status) {
        Asked request = new Asked(
                method, "Bearer " + others.make("x", Scope.READ).orElseThrow().token());

        if (status == 200) {
            filter.handle(request, new Answered());
            assertThat(request.scope).isEqualTo(Scope.READ);
        } else {
            assertThatThrownBy(() -> filter.handle(request, new Answered()))
                    .isInstanceOfSatisfying(
                            HaltException.class,
                            halt -> assertThat(halt.statusCode()).isEqualTo(status));
            assertThat(request.scope).isNull();
        }
    }

    @Test
    void requestShouldPassWithATokenThatMayWriteUntilItIsDeleted() {
        AdminTokens.Made made = others.make("x", Scope.WRITE).orElseThrow();
        Asked request = new Asked("DELETE", "Bearer " + made.token());

        filter.handle(request, new Answered());
        assertThat(request.scope).isEqualTo(Scope.WRITE);

        others.delete(made.entry().id());
        assertThatThrownBy(() -> filter.handle(request, new Answered())).isInstanceOf(HaltException.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer wrong", "Basic dXNlcjpwYXNz"})
    void requestShouldBeRefusedWhenItHasNoToken(@Nullable String authorization) {
        Answered response = new Answered();

        assertThatThrownBy(() -> filter.handle(new Asked("GET", authorization), response))
                .isInstanceOfSatisfying(
                        HaltException.class,
                        halt -> assertThat(halt.statusCode()).isEqualTo(401));
        assertThat(response.challenge).startsWith("Bearer");
    }

    @Test
    void requestShouldBeRefusedWhenItsTokenIsOfAnotherScheme() {
        assertThatThrownBy(() -> filter.handle(new Asked("GET", "Digest " + token), new Answered()))
                .isInstanceOf(HaltException.class);
        assertThatThrownBy(() -> filter.handle(new Asked("GET", token), new Answered()))
                .isInstanceOf(HaltException.class);
    }

    /** A request with a method and at most one header. */
    private static final class Asked extends Request {
        private final String method;
        private final @Nullable String authorization;
        private @Nullable Object scope;

        Asked(String method, @Nullable String authorization) {
            this.method = method;
            this.authorization = authorization;
        }

        @Override
        public void attribute(String name, Object value) {
            assertThat(name).isEqualTo(Scope.ATTRIBUTE);
            scope = value;
        }

        @Override
        public String requestMethod() {
            return method;
        }

        @Override
        public @Nullable String headers(String name) {
            return name.equals("Authorization") ? authorization : null;
        }
    }

    /** A response that keeps the challenge. */
    private static final class Answered extends Response {
        private String challenge = "";

        @Override
        public void header(String name, String value) {
            if (name.equals("WWW-Authenticate")) {
                challenge = value;
            }
        }
    }
}
