package org.jameschatmail.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jameschatmail.core.acme.PendingChallenges;
import org.jameschatmail.web.TestSite.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class PublicWebServerTest {
    private static TestSite site;

    @BeforeAll
    static void start() throws IOException {
        site = TestSite.trusted();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /new, 'GET, HEAD, OPTIONS, POST'",
        "DELETE, /, 'GET, HEAD, OPTIONS'",
        "POST, /, 'GET, HEAD, OPTIONS'",
        "TRACE, /new, 'GET, HEAD, OPTIONS, POST'",
        "RUBBISH, /info, 'GET, HEAD, OPTIONS'"
    })
    void routeShouldAnswer405WhenMethodIsForeign(String method, String path, String allow) throws IOException {
        Reply reply = site.request(method, path);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).isEqualTo(allow);
    }

    @Test
    void optionsShouldNameMethodsWhenAsked() throws IOException {
        Reply reply = site.request("OPTIONS", "/new");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(site.request("OPTIONS", "*").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/info", "/privacy", "/qr.svg", "/qr.png", "/robots.txt", "/.well-known/mta-sts.txt"})
    void headShouldEqualGetWithoutBodyWhenAsked(String path) throws IOException {
        Reply get = site.get(path);
        Reply head = site.request("HEAD", path);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(get.body()).isNotEmpty();
        assertThat(head.header("content-length")).isEqualTo(get.header("content-length"));
        assertThat(head.header("content-type")).isEqualTo(get.header("content-type"));
        assertThat(get.header("cache-control")).startsWith("public, max-age=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/new/", "/NEW", "/..%2fnew", "/qr.svg/x"})
    void serverShouldAnswer404WhenPathIsUnknown(String path) throws IOException {
        assertThat(site.get(path).status()).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/fault"})
    void answerShouldTellNothingOfTheSoftwareWhenSent(String path) throws IOException {
        Reply reply = site.get(path);

        assertThat(reply.headers()).doesNotContainKeys("server", "x-powered-by");
        assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(reply.body()).doesNotContainIgnoringCase("jetty").doesNotContain("ac1@");
    }

    @Test
    void serverShouldAnswer500AndLiveOnWhenRouteFails() throws IOException {
        for (int i = 0; i < 50; i++) {
            assertThat(site.get("/fault").status()).isEqualTo(500);
        }
        assertThat(site.get("/").status()).isEqualTo(200);
    }

    @Test
    void serverShouldLogNothingPersonalWhenRequestsFail() throws IOException {
        ListAppender<ILoggingEvent> captured = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        captured.start();
        root.addAppender(captured);
        try {
            site.get("/fault?token=s3cret");
            site.secure("POST /new?token=s3cret HTTP/1.1\r\nHost: a\r\nContent-Length: ac1@chat.example\r\n\r\n");
        } finally {
            root.detachAppender(captured);
        }

        assertThat(captured.list).isNotEmpty().allSatisfy(event -> {
            assertThat(event.getFormattedMessage()).doesNotContain("ac1@", "s3cret", "127.0.0.1");
            assertThat(event.getThrowableProxy()).isNull();
        });
    }

    @Test
    void closeShouldWaitWhenRequestIsRunning() throws Exception {
        TestSite stopping = TestSite.trusted();
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> {
            try {
                return stopping.get("/slow").status();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        TestSite.await(stopping.slowStarted);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(stopping::close);
        int port = stopping.server.httpPort();
        while (port > 0) {
            assertThat(closed).isNotDone();
            Thread.onSpinWait();
            port = stopping.server.httpPort();
        }
        stopping.slowMayEnd.countDown();

        assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        closed.get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0001\u0002\u0003\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /% HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "POST /new HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
                "POST /new HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
                "POST /new HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\n",
                "CONNECT a:25 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            })
    void serverShouldRefuseAndLiveOnWhenFedRubbish(String request) throws IOException {
        Reply reply = site.secure(request);

        assertThat(reply.status()).isBetween(400, 505).isNotEqualTo(500);
        assertThat(reply.headers()).doesNotContainKey("server");
        assertThat(reply.body()).doesNotContainIgnoringCase("jetty").doesNotContain("<");
        assertThat(site.get("/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"9000, 1", "10, 2000"})
    void serverShouldAnswer431WhenHeadersAreHuge(int length, int count) throws IOException {
        String header = "X-Filler: " + "a".repeat(length) + "\r\n";
        Reply reply = site.secure("GET / HTTP/1.1\r\nHost: a\r\n" + header.repeat(count) + "\r\n");

        assertThat(reply.status()).isEqualTo(431);
    }

    @Test
    void serverShouldAnswer414WhenTargetIsHuge() throws IOException {
        assertThat(site.get("/" + "a".repeat(20_000)).status()).isIn(414, 431);
    }

    @Test
    void serverShouldAnswerWhenManyConnectionsIdle() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = site.connectTls();
                socket.getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
                idle.add(socket);
            }
            assertThat(site.get("/").status()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "chat.example, /, https://chat.example:10443/",
        "CHAT.example, /a%20b?c=d%0d, https://chat.example:10443/a%20b?c=d%0d",
        "autoconfig.chat.example, /mail/config-v1.1.xml, https://autoconfig.chat.example:10443/mail/config-v1.1.xml",
        "evil.example, /new, https://chat.example:10443/new",
        "chat.example:10080, //evil.example/x, https://chat.example:10443//evil.example/x"
    })
    void clearHttpShouldRedirectToHttpsWhenRead(String host, String path, String location) throws IOException {
        String rest = path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";

        for (String method : List.of("GET ", "HEAD ")) {
            Reply reply = site.clear(method + rest);
            assertThat(reply.status()).isEqualTo(308);
            assertThat(reply.header("location")).isEqualTo(location);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/new", "https://chat.example/new"})
    void clearHttpShouldNeverHandOutAccountsWhenPosted(String target) throws IOException {
        int before = site.clients.size();

        Reply reply = site.clear("POST " + target + " HTTP/1.1\r\nHost: chat.example\r\nConnection: close\r\n\r\n");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(site.clients).hasSize(before);
    }

    @Test
    void clearHttpShouldAnswerAnAuthorityWhenAnOrderIsUnderWay() throws IOException {
        site.challenges.offerFile("token_-1", "token_-1.thumbprint");

        Reply reply = site.clear(challenge("token_-1"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("token_-1.thumbprint");
        assertThat(reply.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(site.clear(challenge("token_-2")).status()).isEqualTo(404);
        assertThat(site.clear(challenge("")).status()).isEqualTo(404);
        assertThat(site.clear(challenge("%2e%2e/token_-1")).status()).isEqualTo(308);
        site.challenges.clear();
        assertThat(site.clear(challenge("token_-1")).status()).isEqualTo(404);
    }

    private static String challenge(String token) {
        return "GET /.well-known/acme-challenge/" + token
                + " HTTP/1.1\r\nHost: chat.example\r\nConnection: close\r\n\r\n";
    }

    @Test
    void serverShouldNameTheFaultAndOpenNothingWhenPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PublicWebConfiguration configuration =
                    new PublicWebConfiguration(List.of(InetAddress.getLoopbackAddress()), 0, taken.getLocalPort());
            PublicWebServer server = new PublicWebServer(
                    configuration,
                    TestSite.site(false),
                    TestSite.keys(),
                    RouteTable.of(),
                    RouteTable.of(),
                    List.of(),
                    new PendingChallenges(),
                    listener -> {});

            assertThatThrownBy(server::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
            assertThat(server.httpPort()).isLessThanOrEqualTo(0);
        }
    }

    @Test
    void routeTableShouldRefuseWhenRouteIsDoubled() {
        WebRoutes one = table -> table.get("/x", request -> Answer.noContent());

        assertThatThrownBy(() -> RouteTable.of(one, one)).hasMessageContaining("GET /x");
    }

    @Test
    void listenAddressesShouldKeepOneWildcardWhenBothAreGiven() throws IOException {
        InetAddress four = InetAddress.getByName("0.0.0.0");
        InetAddress six = InetAddress.getByName("::");
        InetAddress loopback = InetAddress.getByName("127.0.0.1");

        assertThat(ListenAddresses.bindable(List.of(four, six), true)).containsExactly(six);
        assertThat(ListenAddresses.bindable(List.of(four, six), false)).containsExactly(four);
        assertThat(ListenAddresses.bindable(List.of(four, loopback), true)).containsExactly(four, loopback);
        assertThat(ListenAddresses.bindable(List.of(six, six), true)).containsExactly(six);
    }
}
