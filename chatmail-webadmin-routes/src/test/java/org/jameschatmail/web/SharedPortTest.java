package org.jameschatmail.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.jameschatmail.core.acme.PendingChallenges;
import org.jameschatmail.web.TestSite.Reply;
import org.jameschatmail.web.alpn.AlpnService;
import org.jameschatmail.web.alpn.ConnectionSlots;
import org.jameschatmail.web.alpn.TlsPort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The HTTPS port with guests, on real sockets. */
class SharedPortTest {
    private static final String CLOSING = " HTTP/1.1\r\nHost: chat.example\r\nConnection: close\r\n\r\n";
    private static TestSite site;

    @BeforeAll
    static void start() throws IOException {
        site = TestSite.shared(List.of(
                new AlpnService("imap", () -> Optional.of(new Parrot("imap"))),
                new AlpnService("smtp", () -> Optional.of(new Parrot("smtp"))),
                new AlpnService("absent", Optional::empty)));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({"imap, TLSv1.2", "imap, TLSv1.3", "smtp, TLSv1.2", "smtp, TLSv1.3"})
    void guestShouldBeServedWhenAskedFor(String protocol, String version) throws IOException {
        try (SSLSocket socket = site.connectTls(List.of(protocol), version)) {
            BufferedReader in = reader(socket);

            // The parrot greets with what it sees of its client.
            assertThat(in.readLine()).isEqualTo(protocol + " /127.0.0.1:" + socket.getLocalPort() + " encrypted");
            assertThat(socket.getApplicationProtocol()).isEqualTo(protocol);
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            send(socket, "hello\r\n");
            assertThat(in.readLine()).isEqualTo("hello");
        }
    }

    @Test
    void guestShouldHearAllWhenClientSpeaksWithItsHandshake() throws IOException {
        try (SSLSocket socket = site.connectTls(List.of("imap"))) {
            String lines = "0123456789\r\n".repeat(10_000);
            send(socket, lines);
            BufferedReader in = reader(socket);
            in.readLine();

            for (int i = 0; i < 10_000; i++) {
                assertThat(in.readLine()).isEqualTo("0123456789");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"http/1.1, http/1.1", "'', ''", "'h2,http/1.1', http/1.1"})
    void httpShouldBeServedWhenAskedForOrNothingIs(String offered, String agreed) throws IOException {
        List<String> protocols = Arrays.stream(offered.split(","))
                .filter(name -> !name.isEmpty())
                .toList();
        try (SSLSocket socket = site.connectTls(protocols)) {
            assertThat(socket.getApplicationProtocol()).isEqualTo(agreed);
            assertThat(TestSite.exchange(socket, "GET /" + CLOSING).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "pop3", "absent", "IMAP"})
    void handshakeShouldFailWhenNoOfferedProtocolIsOurs(String protocol) {
        assertThatThrownBy(() -> site.connectTls(List.of(protocol)).close())
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("no_application_protocol");
    }

    @Test
    void handshakeShouldFailWhenCipherIsWeak() throws IOException {
        try (SSLSocket socket = site.connectTls()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});

            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void httpShouldKnowTheClientAndThatItIsSecure() throws IOException {
        int before = site.clients.size();
        assertThat(site.request("POST", "/new").status()).isEqualTo(200);

        assertThat(site.clients).hasSize(before + 1).last().isEqualTo(InetAddress.getByName("127.0.0.1"));
        assertThat(site.request("POST", "/count").body()).isEqualTo("0 true https");
    }

    @Test
    void httpShouldSendAllWhenAnswerIsLarge() throws IOException {
        try (SSLSocket socket = site.connectTls()) {
            Reply reply = TestSite.exchange(socket, "GET /large" + CLOSING);

            assertThat(reply.body().equals("0123456789abcdef".repeat(TestSite.LARGE / 16)))
                    .as("%d characters, the right ones", reply.body().length())
                    .isTrue();
        }
    }

    @Test
    void httpShouldSendAllWhenMoreClientsWaitThanThereAreThreads() throws Exception {
        String large = "0123456789abcdef".repeat(TestSite.LARGE / 16);

        assertThat(together(12, () -> site.secure("GET /large" + CLOSING).body().equals(large)))
                .hasSize(12)
                .containsOnly(true);
    }

    @Test
    void httpShouldTakeAllWhenMoreClientsSendThanThereAreThreads() throws Exception {
        int size = 1024 * 1024;
        String request = "POST /count HTTP/1.1\r\nHost: chat.example\r\nConnection: close\r\nContent-Length: " + size
                + "\r\n\r\n" + "x".repeat(size);

        assertThat(together(12, () -> site.secure(request).body())).hasSize(12).containsOnly(size + " true https");
    }

    private static <T> List<T> together(int clients, Callable<T> request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<T> replies = new ArrayList<>();
            for (Future<T> reply : threads.invokeAll(Collections.nCopies(clients, request))) {
                replies.add(reply.get());
            }
            return replies;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void httpShouldTakeAllWhenBodyIsLarge() throws IOException {
        int size = 8 * 1024 * 1024;
        String head = "POST /count HTTP/1.1\r\nHost: chat.example\r\nConnection: close\r\nContent-Length: " + size
                + "\r\n\r\n";

        assertThat(site.secure(head + "x".repeat(size)).body()).startsWith(size + " ");
    }

    @Test
    void httpShouldAnswerEachWhenRequestsArePipelined() throws IOException {
        try (SSLSocket socket = site.connectTls()) {
            String keep = "GET /robots.txt HTTP/1.1\r\nHost: chat.example\r\n\r\n";
            send(socket, keep.repeat(20) + "GET /robots.txt" + CLOSING);
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(all.split("HTTP/1.1 200 ", -1)).hasSize(22);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void httpShouldAnswerInEachVersion(String version) throws IOException {
        try (SSLSocket socket = site.connectTls(List.of(), version)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            send(socket, "GET /large HTTP/1.1\r\nHost: chat.example\r\n\r\n");

            assertThat(socket.getInputStream().readNBytes(TestSite.LARGE)).hasSize(TestSite.LARGE);
        }
    }

    @Test
    void serverShouldLiveOnWhenClientsLeaveInTheMiddle() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (SSLSocket socket = site.connectTls()) {
                socket.setSoLinger(true, 0);
                send(
                        socket,
                        i % 2 == 0 ? "GET /large" + CLOSING : "POST /count HTTP/1.1\r\nContent-Length: 9\r\n\r\nx");
            }
        }
        assertThat(site.get("/").status()).isEqualTo(200);
    }

    @Test
    void portShouldTellTheLogNothingOfClientsWhenHandshakesFail() throws IOException {
        ListAppender<ILoggingEvent> captured = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        captured.start();
        root.addAppender(captured);
        try {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.server.httpsPort())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readAllBytes();
            }
            handshakeShouldFailWhenNoOfferedProtocolIsOurs("pop3");
        } finally {
            root.detachAppender(captured);
        }

        assertThat(captured.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .isEmpty();
    }

    @Test
    void portShouldRefuseWhenOneNetworkHasTooManyHandshakes() throws Exception {
        List<InetAddress> loopback = List.of(InetAddress.getLoopbackAddress());
        AlpnService parrot = new AlpnService("imap", () -> Optional.of(new Parrot("imap")));
        List<Socket> stalled = new ArrayList<>();
        try (TlsPort port = new TlsPort(
                TestSite.keys(),
                new ConnectionSlots(10, 3),
                List.of(parrot),
                new PendingChallenges(),
                listener -> {})) {
            port.open(loopback, 0);
            for (int i = 0; i < 3; i++) {
                // Done with their handshakes, sessions hold no slot.
                SSLSocket session = session(port);
                stalled.add(session);
                assertThat(reader(session).readLine()).startsWith("imap ");
            }
            for (int i = 0; i < 3; i++) {
                stalled.add(new Socket(loopback.get(0), port.port()));
            }
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (shakesHands(port)) {
                // Each socket is accepted on a thread of its own: one that was before in the queue may come after.
                stalled.add(new Socket(loopback.get(0), port.port()));
                assertThat(System.nanoTime()).isLessThan(deadline);
            }

            for (Socket socket : stalled) {
                socket.close();
            }
            while (!shakesHands(port)) {
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    private static boolean shakesHands(TlsPort port) throws IOException {
        try (SSLSocket session = session(port)) {
            session.startHandshake();
            return true;
        } catch (SSLHandshakeException | SocketException e) {
            return false;
        }
    }

    private static SSLSocket session(TlsPort port) throws IOException {
        SSLSocket socket = (SSLSocket)
                TestSite.context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static BufferedReader reader(SSLSocket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void send(SSLSocket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Says what it sees of its client, then repeats what it hears. */
    @ChannelHandler.Sharable
    private static final class Parrot extends ChannelInboundHandlerAdapter {
        private final String name;

        Parrot(String name) {
            this.name = name;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            boolean encrypted = context.pipeline().get(TlsPort.SSL_HANDLER) != null;
            String greeting = name + " " + context.channel().remoteAddress() + (encrypted ? " encrypted" : "") + "\r\n";
            context.writeAndFlush(ByteBufUtil.writeUtf8(context.alloc(), greeting));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(((ByteBuf) message));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
