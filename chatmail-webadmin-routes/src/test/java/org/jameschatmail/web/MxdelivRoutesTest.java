package org.jameschatmail.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.web.TestSite.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP side of {@code POST /mxdeliv}. */
class MxdelivRoutesTest {
    private static final int TIMEOUT_SECONDS = 10;
    private static final String START = "POST /mxdeliv HTTP/1.1\r\nHost: chat.example\r\n";
    private static final String ENVELOPE = "X-MAIL-FROM: a@peer.example\r\nX-MAIL-TO: b@chat.example\r\n";
    private static final String CLOSE = "Connection: close\r\n";

    private TestSite site;

    @BeforeEach
    void startServer() throws IOException {
        site = TestSite.trusted();
    }

    @AfterEach
    void stopServer() {
        site.close();
    }

    private static String withLength(String body) {
        return "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.setSoTimeout(TIMEOUT_SECONDS * 1000);
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Up to and with these words. */
    private static String readUntil(Socket socket, String words) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.indexOf(words) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new AssertionError("ended after: " + text);
            }
            text.append((char) octet);
        }
        return text.toString();
    }

    private static void await(Semaphore semaphore, int permits) throws InterruptedException {
        assertThat(semaphore.tryAcquire(permits, TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void messageShouldReachTheDoorWithItsEnvelope() throws IOException {
        String recipients = "X-Mail-To: b@chat.example\r\nx-mail-to: c@chat.example\r\n";
        Reply reply =
                site.secure(START + "X-MAIL-FROM: a@peer.example\r\n" + recipients + CLOSE + withLength("one\r\ntwo"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("250 2.6.0 Message received\n");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(site.door.messages)
                .containsExactly(new RecordingDoor.Message(
                        InetAddress.getLoopbackAddress(),
                        Optional.of("a@peer.example"),
                        List.of("b@chat.example", "c@chat.example"),
                        "one\r\ntwo"));
        assertThat(site.door.closed.availablePermits()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X-MAIL-FROM:\r\n"})
    void senderShouldBeNullWhenItsHeaderIsMissingOrEmpty(String header) throws IOException {
        Reply reply = site.secure(START + header + "X-MAIL-TO: b@chat.example\r\n" + CLOSE + withLength(""));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(site.door.messages.get(0).sender()).isEmpty();
        assertThat(site.door.messages.get(0).body()).isEmpty();
    }

    @Test
    void messageShouldBeRefusedWhenItHasTwoSenders() throws IOException {
        Reply reply = site.secure(START + ENVELOPE + "X-MAIL-FROM: c@peer.example\r\n" + CLOSE + withLength("x"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).startsWith("501 5.1.7");
    }

    @Test
    void bodyShouldBeJoinedWhenItComesInChunks() throws IOException {
        String chunks = "3\r\none\r\n5\r\n two \r\nA\r\nthree.....\r\n0\r\n\r\n";
        Reply reply = site.secure(START + ENVELOPE + CLOSE + "Transfer-Encoding: chunked\r\n\r\n" + chunks);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(site.door.messages.get(0).body()).isEqualTo("one two three.....");
    }

    @Test
    void bodyShouldBeWholeWhenItComesInManyPieces() throws IOException {
        String body = "0123456789".repeat(100);
        try (Socket socket = site.connectTls()) {
            write(socket, START + ENVELOPE + "Content-Length: 1000\r\n\r\n");
            for (int i = 0; i < 1000; i += 50) {
                write(socket, body.substring(i, i + 50));
            }
            readUntil(socket, "250 2.6.0");
        }
        assertThat(site.door.messages.get(0).body()).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({
        "ENCRYPTION_NEEDED, 400, 523 Encryption Needed: Invalid Unencrypted Mail",
        "LOCAL_TROUBLE, 400, '451 4.3.0 Local trouble, try again later'",
        "MESSAGE_TOO_LARGE, 413, 552 Message exceeds maximum size",
        "TOO_BUSY, 503, '421 4.3.2 Too busy, try again later'"
    })
    void refusalShouldBeTheSmtpReply(Reason reason, int status, String reply) throws IOException {
        site.door.atTheEnd = () -> Optional.of(Rejected.of(reason));
        Reply atTheEnd = site.secure(START + ENVELOPE + CLOSE + withLength("x"));
        site.door.atTheEnvelope = Optional.of(Rejected.of(reason));
        Reply atTheEnvelope = site.secure(START + ENVELOPE + CLOSE + withLength("x"));

        assertThat(atTheEnd.status()).isEqualTo(status);
        assertThat(atTheEnd.body()).isEqualTo(reply + "\n");
        assertThat(atTheEnvelope.status()).isEqualTo(status);
        assertThat(atTheEnvelope.body()).isEqualTo(reply + "\n");
        assertThat(site.door.messages).isEmpty();
    }

    @Test
    void connectionShouldStayInStepWhenAMessageWasRefused() throws IOException {
        try (Socket socket = site.connectTls()) {
            site.door.atTheEnvelope = Optional.of(Rejected.of(Reason.UNKNOWN_RECIPIENT));
            write(socket, START + ENVELOPE + withLength("GET / HTTP/1.1\r\n\r\n"));
            readUntil(socket, "550 5.1.1 Unknown recipient\n");
            site.door.atTheEnvelope = Optional.empty();
            write(socket, START + ENVELOPE + withLength("second"));
            assertThat(readUntil(socket, "received\n")).startsWith("HTTP/1.1 200 ");
        }
        assertThat(site.door.messages).hasSize(1);
    }

    @Test
    void bodyShouldBeAskedForWhenTheClientWaitsForThat() throws IOException {
        try (Socket socket = site.connectTls()) {
            write(socket, START + ENVELOPE + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(readUntil(socket, "\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            write(socket, "body");
            assertThat(readUntil(socket, "received\n")).startsWith("HTTP/1.1 200 ");
        }
        site.door.atTheEnvelope = Optional.of(Rejected.of(Reason.UNKNOWN_RECIPIENT));
        Reply refused = site.secure(START + ENVELOPE + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("connection")).isEqualTo("close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"})
    void nothingShouldBeDeliveredWhenTheBodyEndsEarly(String half) throws Exception {
        try (Socket socket = site.connectTls()) {
            write(socket, START + ENVELOPE + half);
            await(site.door.opened, 1);
        }
        await(site.door.closed, 1);

        assertThat(site.door.messages).isEmpty();
        assertThat(site.get("/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", "Content-Length: -1\r\n\r\n"})
    void nothingShouldBeDeliveredWhenTheLengthIsRubbish(String rubbish) throws IOException {
        assertThat(site.secure(START + ENVELOPE + CLOSE + rubbish).status()).isEqualTo(400);
        assertThat(site.door.messages).isEmpty();
        assertThat(site.door.closed.availablePermits()).isEqualTo(site.door.opened.availablePermits());
    }

    @Test
    void messageShouldBeRefusedWithoutReadingWhenItsLengthIsBeyondAll() throws IOException {
        Reply reply = site.secure(START + ENVELOPE + "Content-Length: 1000000000000\r\n\r\nx");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).isEqualTo("552 Message exceeds maximum size\n");
        assertThat(reply.header("connection")).isEqualTo("close");
    }

    @Test
    void messageShouldBeRefusedWhenItsLengthIsTooLarge() throws IOException {
        int stuffed = TestSite.MAIL_SIZE + TestSite.MAIL_SIZE / 3 + 3;
        Reply fits = site.secure(START + ENVELOPE + CLOSE + withLength("x".repeat(stuffed)));
        Reply exceeds = site.secure(START + ENVELOPE + CLOSE + withLength("x".repeat(stuffed + 1)));

        assertThat(fits.status()).isEqualTo(200);
        assertThat(exceeds.status()).isEqualTo(413);
        assertThat(exceeds.body()).isEqualTo("552 Message exceeds maximum size\n");
    }

    @Test
    void restShouldStayUnreadWhenABodyOfNoLengthGoesOnAndOn() throws IOException {
        site.door.atTheEnd = () -> Optional.of(Rejected.of(Reason.MESSAGE_TOO_LARGE));
        String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
        Reply reply = site.secure(START + ENVELOPE + "Transfer-Encoding: chunked\r\n\r\n" + chunk);

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.header("connection")).isEqualTo("close");
    }

    @Test
    void uploadsShouldHoldNoThreadsAndBeBoundedByNetwork() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < TestSite.MAIL_CONNECTIONS; i++) {
                Socket socket = site.connectTls();
                slow.add(socket);
                write(socket, START + ENVELOPE + "Content-Length: 10\r\n\r\nhalf");
            }
            await(site.door.opened, TestSite.MAIL_CONNECTIONS);
            assertThat(site.get("/").status()).isEqualTo(200);

            Reply more = site.secure(START + ENVELOPE + CLOSE + withLength("x"));
            assertThat(more.status()).isEqualTo(503);
            assertThat(more.body()).isEqualTo("421 4.3.2 Too busy, try again later\n");

            write(slow.get(0), "-other");
            readUntil(slow.get(0), "received\n");
            assertThat(site.secure(START + ENVELOPE + CLOSE + withLength("x")).status())
                    .isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void siteShouldAnswerWhenManyMessagesAreJudged() throws Exception {
        site.door.mayEnd = new CountDownLatch(1);
        List<Socket> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < TestSite.MAIL_CONNECTIONS; i++) {
                Socket socket = site.connectTls();
                waiting.add(socket);
                write(socket, START + ENVELOPE + withLength("x"));
            }
            assertThat(site.get("/").status()).isEqualTo(200);
            site.door.mayEnd.countDown();
            for (Socket socket : waiting) {
                readUntil(socket, "received\n");
            }
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
        assertThat(site.door.messages).hasSize(TestSite.MAIL_CONNECTIONS);
    }

    @Test
    void answerShouldTellNothingWhenTheDoorFails() throws IOException {
        site.door.atTheEnd = () -> {
            throw new IllegalStateException("a@peer.example is broken");
        };
        Reply reply = site.secure(START + ENVELOPE + CLOSE + withLength("x"));

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("Internal error\n");
        assertThat(site.door.closed.availablePermits()).isEqualTo(1);
    }

    @Test
    void otherMethodsShouldBeRefused() throws IOException {
        for (String method : List.of("GET", "HEAD", "PUT", "DELETE")) {
            Reply reply = site.request(method, "/mxdeliv");
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("allow")).isEqualTo("OPTIONS, POST");
        }
    }

    @Test
    void messageShouldBeRefusedWhenItComesInClear() throws IOException {
        Reply reply = site.clear(START + ENVELOPE + CLOSE + withLength("x"));

        assertThat(reply.status()).isEqualTo(405);
        assertThat(site.door.opened.availablePermits()).isZero();
    }
}
