package org.jameschatmail.guice.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpsAnswerTest {
    private static final int LIMIT = 100;
    private static final String SMALL =
            "HTTP/1.1 200 OK\r\nContent-Type: Text/Plain; charset=x\r\nContent-Length: 3\r\n\r\n250";

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

    private HttpsAnswer read(byte[] sent, int limit) throws IOException {
        RemoteHost host = new RemoteHost("localhost", List.of(listener.getInetAddress()), false);
        try (Wire wire = dialer.dial(host, listener.getLocalPort());
                Socket peer = listener.accept()) {
            peer.getOutputStream().write(sent);
            peer.shutdownOutput();
            return HttpsAnswer.read(wire, limit);
        }
    }

    private HttpsAnswer read(String sent, int limit) throws IOException {
        return read(sent.getBytes(StandardCharsets.ISO_8859_1), limit);
    }

    @Test
    void answerShouldHaveItsParts() throws Exception {
        assertThat(read(SMALL, LIMIT)).isEqualTo(new HttpsAnswer(200, "text/plain", "250", true));
        assertThat(read(SMALL, 0)).isEqualTo(new HttpsAnswer(200, "text/plain", "", true));
        assertThat(read("HTTP/1.0 400\r\n\r\nall of it", LIMIT))
                .isEqualTo(new HttpsAnswer(400, "", "all of it", false));
        assertThat(read(SMALL.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"), LIMIT)
                        .canFollow())
                .isFalse();
    }

    @Test
    void connectionShouldNotBeUsedAgainWhenTheBodyIsCutOrTooLong() throws Exception {
        assertThat(read(SMALL.replace("3", "4"), LIMIT).canFollow()).isFalse();
        assertThat(read(SMALL.replace("3", "999999999") + "x".repeat(5000), LIMIT))
                .isEqualTo(new HttpsAnswer(200, "text/plain", "250" + "x".repeat(97), false));
        assertThat(read(SMALL.replace("3", "-1"), LIMIT).canFollow()).isFalse();
    }

    @Test
    void chunksShouldBeJoinedUpToTheLimit() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(read(head + "3;a=b\r\n250\r\nA\r\n0123456789\r\n0\r\n\r\n", LIMIT))
                .isEqualTo(new HttpsAnswer(200, "", "2500123456789", false));
        assertThat(read(head + "3\r\n250\r\nA\r\n0123456789\r\n0\r\n\r\n", 5).body())
                .isEqualTo("25001");
        assertThatThrownBy(() -> read(head + "x\r\n", LIMIT)).hasMessage("Not a chunk");
        assertThatThrownBy(() -> read(head + "fffffffff\r\n", LIMIT)).hasMessage("Not a chunk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "220 mx.example ESMTP\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 999 What\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno end of the header\r\n",
                "HTTP/1.1 2000\r\n\r\n"
            })
    void rubbishShouldBeRefused(String rubbish) {
        assertThatThrownBy(() -> read(rubbish, LIMIT)).isInstanceOf(IOException.class);
    }

    @Test
    void endlessHeaderShouldBeRefused() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(102), LIMIT))
                .hasMessageContaining("header lines");
        assertThatThrownBy(() -> read("HTTP/1.1 200 " + "x".repeat(5000), LIMIT))
                .hasMessageContaining("octets");
    }

    /** Half of them begin well, so that the inner parts are reached. */
    @Test
    void noOctetsShouldDoMoreThanFail() {
        Random random = new Random(11);
        String[] beginnings = {
            "", SMALL, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 400 No\r\nContent-Length: "
        };
        for (int round = 0; round < 400; round++) {
            byte[] octets = new byte[random.nextInt(300)];
            random.nextBytes(octets);
            StringBuilder sent = new StringBuilder(beginnings[round % beginnings.length]);
            sent.append(new String(octets, StandardCharsets.ISO_8859_1));
            for (int change = random.nextInt(4); change > 0 && sent.length() > 0; change--) {
                sent.setCharAt(random.nextInt(sent.length()), (char) random.nextInt(256));
            }
            try {
                HttpsAnswer answer = read(sent.toString(), LIMIT);
                assertThat(answer.status()).isBetween(200, 599);
                assertThat(answer.body().length()).isLessThanOrEqualTo(LIMIT);
            } catch (IOException refused) {
                assertThat(refused).isNotNull();
            }
        }
    }
}
