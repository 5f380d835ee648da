package org.jameschatmail.integration.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SmtpDialogueTest {
    @Test
    void dialogueShouldPassWhenEachLineIsAsExpected() throws Exception {
        try (Peer peer = new Peer("220 here\r\n250-one\r\n250-SIZE 42\r\n250 last\r\n");
                SmtpDialogue smtp = SmtpDialogue.plain(peer.port())) {
            smtp.play("""
                    S: 220
                    # greeted
                    C: EHLO x
                    S~ 250-o.e
                    S? 250-SIZE (?<size>[0-9]+)
                    S: 250 la
                    C: MAIL FROM:<a@b> SIZE=${size}
                    C! a bare\\nline feed
                    EOF
                    """);
            smtp.close();

            assertThat(smtp.variable("size")).isEqualTo("42");
            assertThat(smtp.transcript()).startsWith("S: 220 here", "C: EHLO x");
            assertThat(peer.received()).isEqualTo("EHLO x\r\nMAIL FROM:<a@b> SIZE=42\r\na bare\nline feed");
        }
    }

    @Test
    void dialogueShouldFailWithTheTranscriptWhenALineDeviates() throws Exception {
        assertDeviates("220 here\r\n550 5.1.1 nobody\r\n", "S: 250");
    }

    @Test
    void dialogueShouldFailWhenALineMatchesOnlyInPart() throws Exception {
        assertDeviates("220 here\r\n550 5.1.1 nobody\r\n", "S~ 550");
    }

    @Test
    void dialogueShouldFailAtTheEndOfTheReplyWhenNoLineOfItMatches() throws Exception {
        assertDeviates("220 here\r\n250-one\r\n550 5.1.1 nobody\r\n250 next reply\r\n", "S? 250 next.*");
    }

    @Test
    void dialogueShouldFailWhenTheServerClosesTooEarly() throws Exception {
        assertDeviates("220 here\r\n", "S: 250");
    }

    @Test
    void dialogueShouldFailWhenTheServerStaysAfterEof() throws Exception {
        assertDeviates("220 here\r\n250 more\r\n", "EOF");
    }

    private static void assertDeviates(String said, String step) throws IOException {
        try (Peer peer = new Peer(said);
                SmtpDialogue smtp = SmtpDialogue.plain(peer.port())) {
            assertThatThrownBy(() -> smtp.play("S: 220\nC: RCPT TO:<a@b>\n" + step))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("S: 220 here\nC: RCPT TO:<a@b>");
        }
    }

    /** Says its lines to the first that connects, ends its side, and keeps what it hears. */
    private static final class Peer implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CompletableFuture<String> received;

        Peer(String said) throws IOException {
            received = CompletableFuture.supplyAsync(() -> talk(said));
        }

        private String talk(String said) {
            try (Socket socket = listener.accept()) {
                socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int port() {
            return listener.getLocalPort();
        }

        String received() {
            return received.join();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
