package org.jameschatmail.guice.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpReplyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final Dialer dialer = new Dialer();
    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        dialer.close();
        listener.close();
    }

    private SmtpReply read(byte[] sent) throws IOException {
        RemoteHost host = new RemoteHost("localhost", List.of(listener.getInetAddress()), false);
        try (Wire wire = dialer.dial(host, listener.getLocalPort());
                Socket peer = listener.accept()) {
            peer.getOutputStream().write(sent);
            peer.shutdownOutput();
            return SmtpReply.read(wire, PATIENCE);
        }
    }

    private SmtpReply read(String sent) throws IOException {
        return read(sent.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void replyShouldHaveItsCodeAndLines() throws Exception {
        assertThat(read("250-mx.example\r\n250-SIZE 100\n250 PIPELINING\r\n"))
                .isEqualTo(new SmtpReply(250, List.of("mx.example", "SIZE 100", "PIPELINING")));
        assertThat(read("354\r\n")).isEqualTo(new SmtpReply(354, List.of("")));
    }

    @Test
    void diagnosisShouldNameTheServer() throws Exception {
        assertThat(read("550-5.1.1 No such\r\n550 user\r\n")
                        .diagnosis("mx.example")
                        .line())
                .isEqualTo("550 5.1.1 No such user");
        assertThat(read("250 2.0.0 what\r\n").diagnosis("mx.example").isPermanent())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "25\r\n",
                "2500\r\n",
                "150 no\r\n",
                "650 no\r\n",
                "2x0 no\r\n",
                "250-a\r\n251 b\r\n",
                "250-a\r\n",
                "HTTP/1.1 400 Bad Request\r\n",
                "250 no end"
            })
    void rubbishShouldBeRefused(String rubbish) {
        assertThatThrownBy(() -> read(rubbish)).isInstanceOf(IOException.class);
    }

    @Test
    void endlessReplyShouldBeRefused() {
        assertThatThrownBy(() -> read("250-x\r\n".repeat(101))).hasMessageContaining("lines");
        assertThatThrownBy(() -> read("250 " + "x".repeat(5000))).hasMessageContaining("octets");
    }

    @Test
    void noOctetsShouldDoMoreThanFail() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] octets = new byte[random.nextInt(300)];
            random.nextBytes(octets);
            try {
                assertThat(read(octets).code()).isBetween(200, 599);
            } catch (IOException refused) {
                assertThat(refused).isNotNull();
            }
        }
    }
}
