package org.jameschatmail.guice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import spark.HaltException;
import spark.Request;
import spark.Response;

class BearerTokenFilterTest {
    @TempDir
    Path folder;

    private String token;
    private BearerTokenFilter filter;

    @BeforeEach
    void makeToken() throws IOException {
        AdminToken adminToken = AdminToken.of(folder, new SecureRandom());
        token = Files.readString(adminToken.file()).strip();
        filter = new BearerTokenFilter(adminToken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer  "})
    void requestShouldPassWhenItHasTheToken(String scheme) {
        assertThatCode(() -> filter.handle(new Asked("GET", scheme + token), new Answered()))
                .doesNotThrowAnyException();
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

        Asked(String method, @Nullable String authorization) {
            this.method = method;
            this.authorization = authorization;
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
