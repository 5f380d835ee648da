package org.jameschatmail.integration.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.TrustAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections from 127.0.0.2, which is believed, and from elsewhere. Limits tell whom the server sees. */
class ProxyIT {
    private static final String PROXY = "127.0.0.2";
    private static final String STRANGER = "127.0.0.3";
    private static final int MOST = 3;
    private static final String V2_FOR_203_0_113_77 =
            "0d0a0d0a000d0a515549540a" + "2111" + "000c" + "cb00714d" + "7f000001" + "1267" + "0019";

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost")
            .set("proxy.trusted", PROXY)
            .set("imap.connections.per-network", String.valueOf(MOST))
            .set("smtp.connections.per-network", String.valueOf(MOST))
            .set("registration.rate.per-network", String.valueOf(MOST)));

    /** A port, and how a session there begins. */
    enum Port {
        SMTP("", "220 "),
        IMAP("", "* OK "),
        IMAPS(null, "* OK "),
        SUBMISSIONS(null, "220 "),
        IMAP_BY_ALPN("imap", "* OK "),
        SMTP_BY_ALPN("smtp", "220 ");

        private final String protocol;
        private final String greeting;

        /** @param protocol by ALPN; empty without TLS, null without ALPN */
        Port(String protocol, String greeting) {
            this.protocol = protocol;
            this.greeting = greeting;
        }

        int number() {
            return switch (this) {
                case SMTP -> SERVER.server().ports().smtp();
                case IMAP -> SERVER.server().ports().imap();
                case IMAPS -> SERVER.server().ports().imaps();
                case SUBMISSIONS -> SERVER.server().ports().submissions();
                case IMAP_BY_ALPN, SMTP_BY_ALPN -> SERVER.server().ports().https();
            };
        }

        /** The first line; empty where the server has closed the connection. */
        String begin(Socket plain, String header) throws IOException {
            plain.getOutputStream().write(header.getBytes(StandardCharsets.ISO_8859_1));
            try {
                Socket socket = "".equals(protocol) ? plain : secured(plain, protocol);
                String line = reader(socket).readLine();
                return line == null ? "" : line;
            } catch (IOException closed) {
                return "";
            }
        }
    }

    private static Socket connect(String from, int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static SSLSocket secured(Socket plain, String protocol) throws IOException {
        SSLSocket socket =
                (SSLSocket) TrustAll.context().getSocketFactory().createSocket(plain, "chat.localhost", 443, true);
        if (protocol != null) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static String header(String client) {
        return "PROXY TCP4 " + client + " 127.0.0.1 4711 25\r\n";
    }

    /** How many of so many connections at once are served. */
    private static int served(Port port, String from, String header, int count) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            int served = 0;
            for (int i = 0; i < count; i++) {
                Socket socket = connect(from, port.number());
                sockets.add(socket);
                served += port.begin(socket, header).startsWith(port.greeting) ? 1 : 0;
            }
            return served;
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Port.class)
    void clientShouldBeTheOneTheProxyNames(Port port) throws Exception {
        String one = "198.51.100." + (10 + port.ordinal());
        String other = "198.51.101." + (10 + port.ordinal());
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < MOST; i++) {
                Socket socket = connect(PROXY, port.number());
                held.add(socket);
                assertThat(port.begin(socket, header(one))).startsWith(port.greeting);
            }
            assertThat(served(port, PROXY, header(one), 1)).isZero();
            assertThat(served(port, PROXY, header(other), 1)).isEqualTo(1);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    @Test
    void clientShouldBeNamedByTheSecondVersionToo() throws Exception {
        String header = new String(HexFormat.of().parseHex(V2_FOR_203_0_113_77), StandardCharsets.ISO_8859_1);

        assertThat(served(Port.IMAP, PROXY, header, MOST + 1)).isEqualTo(MOST);
    }

    @Test
    void strangersShouldNotBeBelieved() throws Exception {
        try (Socket socket = connect(STRANGER, SERVER.server().ports().imap())) {
            BufferedReader lines = reader(socket);
            assertThat(lines.readLine()).startsWith("* OK ");
            socket.getOutputStream().write(header("203.0.113.5").getBytes(StandardCharsets.US_ASCII));
            assertThat(lines.readLine()).isEqualTo("* BYE Unknown command.");
        }
        assertThat(served(Port.IMAP, STRANGER, "", MOST + 1)).isEqualTo(MOST);
    }

    @Test
    void proxyShouldSpeakForItselfWhenItSaysNothing() throws Exception {
        assertThat(served(Port.IMAPS, PROXY, "", 1)).isEqualTo(1);
        assertThat(served(Port.IMAP, PROXY, "PROXY UNKNOWN\r\n", 1)).isEqualTo(1);
    }

    @Test
    void connectionShouldEndWhenTheHeaderIsRubbish() throws Exception {
        assertThat(served(Port.IMAP, PROXY, "PROXY TCP4 evil\r\n", 1)).isZero();
        assertThat(served(Port.SMTP, PROXY, "PROXY " + "x".repeat(5000), 1)).isZero();
        Random random = new Random(11);
        for (int i = 0; i < 50; i++) {
            byte[] rubbish = new byte[1 + random.nextInt(300)];
            random.nextBytes(rubbish);
            try (Socket socket = connect(PROXY, SERVER.server().ports().https())) {
                socket.getOutputStream().write(rubbish);
            }
        }
        assertThat(served(Port.IMAP_BY_ALPN, PROXY, header("198.51.100.99"), 1)).isEqualTo(1);
    }

    @Test
    void cleartextWebShouldTakeTheHeaderOfProxiesAlone() throws Exception {
        String request = "GET / HTTP/1.1\r\nHost: chat.localhost\r\nConnection: close\r\n\r\n";
        int port = SERVER.server().ports().http();

        assertThat(firstLine(connect(PROXY, port), header("203.0.113.6") + request))
                .startsWith("HTTP/1.1 308");
        assertThat(firstLine(connect(STRANGER, port), request)).startsWith("HTTP/1.1 308");
        assertThat(firstLine(connect(STRANGER, port), header("203.0.113.6") + request))
                .startsWith("HTTP/1.1 400");
    }

    private static String firstLine(Socket socket, String request) throws IOException {
        try (socket) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return String.valueOf(reader(socket).readLine());
        }
    }

    @Test
    void webShouldBelieveForwardedForOfProxiesAlone() throws Exception {
        assertThat(offers(PROXY, "X-Forwarded-For: 203.0.113.20")).isEqualTo(MOST);
        assertThat(offers(PROXY, "X-Forwarded-For: 203.0.113.20")).isZero();
        assertThat(offers(PROXY, "X-Forwarded-For: 9.9.9.9, 203.0.113.20"))
                .as("what the client wrote")
                .isZero();
        assertThat(offers(PROXY, "X-Forwarded-For: 203.0.113.21")).isEqualTo(MOST);

        assertThat(offers(STRANGER, "X-Forwarded-For: 203.0.113.22")).isEqualTo(MOST);
        assertThat(offers(STRANGER, "X-Forwarded-For: 203.0.113.23")).isZero();
    }

    /** How many accounts are offered until there are no more. */
    private static int offers(String from, String header) throws IOException {
        String request = "POST /new HTTP/1.1\r\nHost: chat.localhost\r\nContent-Length: 0\r\nConnection: close\r\n"
                + header + "\r\n\r\n";
        for (int offers = 0; offers <= MOST; offers++) {
            Socket plain = connect(from, SERVER.server().ports().https());
            String line = firstLine(secured(plain, "http/1.1"), request);
            if (!line.startsWith("HTTP/1.1 200")) {
                assertThat(line).startsWith("HTTP/1.1 429");
                return offers;
            }
        }
        return MOST + 1;
    }
}
