package org.jameschatmail.guice.acme;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jameschatmail.core.acme.ChallengeType;
import org.jameschatmail.core.acme.PendingChallenges;
import org.jameschatmail.core.acme.RenewalWindow;
import org.jameschatmail.core.configuration.AcmeChallenge;
import org.jameschatmail.core.configuration.AcmeConfiguration;
import org.jameschatmail.guice.acme.Authority.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shredzone.acme4j.Identifier;

/** What an authority says that isn't a certificate. Certificates come from a real one, in AcmeIT. */
class AcmeAuthorityTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    /** An answer of the authority; {@code BASE} in its body becomes the authority's address. */
    private record Page(int status, String type, String body, Map<String, String> headers) {
        static Page json(String body) {
            return new Page(200, "application/json", body, Map.of());
        }
    }

    @TempDir
    private Path data;

    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private HttpServer server;
    private AcmeAuthority authority;
    private final PendingChallenges challenges = new PendingChallenges();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        authority = new AcmeAuthority(
                AcmeFiles.in(data),
                new AcmeConfiguration(Optional.empty(), URI.create(base() + "/dir"), AcmeChallenge.ANY),
                challenges,
                Clock.fixed(NOW, ZoneOffset.UTC),
                new SecureRandom());
        pages.put(
                "/dir",
                Page.json("{\"newNonce\":\"BASE/nonce\",\"newAccount\":\"BASE/account\","
                        + "\"newOrder\":\"BASE/order\",\"renewalInfo\":\"BASE/info\"}"));
        pages.put("/nonce", new Page(200, "text/plain", "", Map.of("Replay-Nonce", "bm9uY2U")));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Page page = pages.getOrDefault(
                path.startsWith("/info/") ? "/info" : path, new Page(404, "text/plain", "", Map.of()));
        byte[] body = page.body().replace("BASE", base()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", page.type());
        page.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value.replace("BASE", base())));
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(page.status(), head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private Outcome order() throws Exception {
        return authority.order(new Authority.Request(
                List.of("chat.example"), ChallengeType.HTTP_01, Optional.empty(), Optional.empty(), address -> {}));
    }

    private void problem(String path, int status, String type, String detail, Map<String, String> headers) {
        pages.put(
                path,
                new Page(
                        status,
                        "application/problem+json",
                        "{\"type\":\"urn:ietf:params:acme:error:" + type + "\",\"detail\":\"" + detail + "\"}",
                        headers));
    }

    private Optional<Authority.Advice> advice(String start, String end, String retryAfter) {
        pages.put(
                "/info",
                new Page(
                        200,
                        "application/json",
                        "{\"suggestedWindow\":{\"start\":\"" + start + "\",\"end\":\"" + end + "\"}}",
                        Map.of("Retry-After", retryAfter)));
        return authority.advice(certificate());
    }

    private static X509Certificate certificate() {
        return IssuedCertificate.of(List.of("chat.example"), NOW, Duration.ofDays(90))
                .certificate();
    }

    @Test
    void adviceShouldBeReadWhenTheAuthorityGivesIt() {
        Instant start = NOW.plus(Duration.ofDays(50));
        Instant end = NOW.plus(Duration.ofDays(51));

        Authority.Advice advice =
                advice(start.toString(), end.toString(), "21600").orElseThrow();

        assertThat(advice.window()).isEqualTo(new RenewalWindow(start, end));
        assertThat(advice.askAgain()).isBetween(NOW.plus(Duration.ofHours(5)), NOW.plus(Duration.ofHours(7)));
    }

    @Test
    void adviceShouldBeAskedForInBoundsWhateverTheAuthoritySays() {
        String end = NOW.plus(Duration.ofDays(51)).toString();

        assertThat(advice(NOW.toString(), end, "1").orElseThrow().askAgain()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(advice(NOW.toString(), end, "99999999").orElseThrow().askAgain())
                .isEqualTo(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void adviceShouldBeIgnoredWhenItMakesNoSense() {
        assertThat(advice(NOW.plusSeconds(9).toString(), NOW.toString(), "60")).isEmpty();
        assertThat(advice("soon", "later", "60")).isEmpty();
        pages.put("/info", Page.json("[]"));
        assertThat(authority.advice(certificate())).isEmpty();
        pages.remove("/info");
        assertThat(authority.advice(certificate())).isEmpty();
        pages.put("/dir", Page.json("{\"newNonce\":\"BASE/nonce\"}"));
        assertThat(authority.advice(certificate())).isEmpty();
    }

    @Test
    void refusalShouldBeTold() throws Exception {
        problem("/account", 403, "unauthorized", "Go away\\nnow", Map.of());

        assertThat(order()).isEqualTo(new Outcome.Refused("Go away now (unauthorized)"));
    }

    @Test
    void pauseShouldBeTold() throws Exception {
        problem("/account", 429, "rateLimited", "Too many registrations", Map.of("Retry-After", "86400"));

        assertThat(order()).isInstanceOfSatisfying(Outcome.TooMany.class, limit -> {
            assertThat(limit.reason()).isEqualTo("Too many registrations (rateLimited)");
            assertThat(limit.notBefore().orElseThrow())
                    .isBetween(NOW.plus(Duration.ofHours(23)), NOW.plus(Duration.ofHours(25)));
        });
    }

    @Test
    void namesShouldBeToldWhenTheAuthorityNamesThem() throws Exception {
        pages.put("/account", new Page(400, "application/problem+json", """
                        {"type":"urn:ietf:params:acme:error:rejectedIdentifier","detail":"some names","subproblems":[
                        {"type":"urn:ietf:params:acme:error:rejectedIdentifier","detail":"on a list",
                        "identifier":{"type":"dns","value":"www.Chat.example"}}]}""", Map.of()));

        assertThat(order())
                .isEqualTo(new Outcome.Unproven(Map.of("www.chat.example", "on a list (rejectedIdentifier)")));
    }

    @Test
    void troubleOfTheAuthorityShouldNotCountAsRefusal() throws Exception {
        problem("/account", 500, "serverInternal", "On fire", Map.of());
        assertThat(order()).isEqualTo(new Outcome.Unreachable("On fire (serverInternal)"));

        server.stop(0);
        assertThat(order()).isInstanceOf(Outcome.Unreachable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "<html>",
                "{\"newNonce\":7}",
                "{\"newNonce\":\"nowhere\"}",
                "{\"meta\":[]}"
            })
    void rubbishShouldNotCountAsRefusal(String directory) throws Exception {
        pages.put("/dir", Page.json(directory));
        assertThat(order()).isInstanceOf(Outcome.Unreachable.class);

        pages.put("/dir", new Page(502, "text/html", directory, Map.of()));
        assertThat(order()).isInstanceOf(Outcome.Unreachable.class);
        assertThat(challenges.expectsHandshakes()).isFalse();
    }

    @Test
    void addressesShouldBeNamedAsTheAuthorityWantsThem() {
        assertThat(AcmeAuthority.name(Identifier.ip("2001:db8::1"))).isEqualTo("2001:db8:0:0:0:0:0:1");
        assertThat(AcmeAuthority.name(Identifier.dns("Chat.Example"))).isEqualTo("chat.example");
        assertThat(Proving.serverName(Identifier.ip("192.0.2.1"))).isEqualTo("1.2.0.192.in-addr.arpa");
        assertThat(Proving.serverName(Identifier.ip("2001:db8::1")))
                .startsWith("1.0.0.0.")
                .endsWith(".2.ip6.arpa");
        assertThat(Proving.serverName(Identifier.dns("chat.example"))).isEqualTo("chat.example");
    }
}
