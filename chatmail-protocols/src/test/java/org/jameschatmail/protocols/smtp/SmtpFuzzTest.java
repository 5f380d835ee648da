package org.jameschatmail.protocols.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jameschatmail.core.gate.IncomingGate;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Accepted;
import org.jameschatmail.protocols.smtp.SmtpPipeline.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections of anything at all: each line gets its reply, none the reply of a broken server, what is acknowledged
 * stands in the data as it was sent, and all of it is the same in whatever pieces the octets come.
 *
 * <p>As a test, the seeds and what was found before; {@code mvn -P fuzz -pl chatmail-protocols -am test} mutates them.
 */
class SmtpFuzzTest {
    private static final String END = "\r\n.\r\n";

    /** The end of a connection whose STARTTLS didn't come alone. */
    private static final String HANGING_UP = "451 Unable to process request\r\n";

    /** A line that is taken for STARTTLS where commands are read. */
    private static final Pattern START_TLS = Pattern.compile("(?<![^\n])starttls[^\n]*\n", Pattern.CASE_INSENSITIVE);

    // Made once: Jazzer makes an object of this class for every input.
    private static final SmtpPipeline INCOMING = SmtpPipeline.of(new IncomingHandlers());
    private static final SmtpPipeline SUBMISSION = SmtpPipeline.of(new SubmissionHandlers());

    private final IncomingGate gate = new IncomingGate(MimeLimits.DEFAULT);

    static Stream<byte[]> connectionShouldComeToTheSameInAllPieces() throws IOException {
        String transaction = """
                MAIL FROM:<ac1_alice@example.org> SIZE=2000
                RCPT TO:<ac1_bob@example.org>
                DATA
                """;
        String login = "AUTH PLAIN "
                + Base64.getEncoder()
                        .encodeToString(("\0" + SmtpPipeline.ALICE + "\0" + SmtpPipeline.PASSWORD)
                                .getBytes(StandardCharsets.US_ASCII))
                + "\n";
        String encrypted = fixture("delta-chat");
        String message = encrypted + ".\n";
        return Stream.of(
                        "EHLO a\nRSET\nNOOP\nHELP\nVRFY x\nHELO a\nRCPT TO:<a@b>\nDATA\nBDAT 1\nQUIT\n",
                        "EHLO a\n" + transaction + message + transaction + message + "QUIT\n",
                        "EHLO a\n" + login + transaction + message + transaction + fixture("cleartext") + ".\nQUIT\n",
                        "EHLO a\nAUTH LOGIN\nYQ==\nYg==\nAUTH PLAIN\n*\nAUTH PLAIN =\nMAIL FROM:<>\nQUIT\n",
                        "EHLO a\n" + transaction + "..x: y\n" + encrypted + "..\n...\n.\nQUIT\n",
                        "EHLO a\nMAIL FROM:<> BODY=8BITMIME\nRCPT TO:<ac1_bob@example.org>\nDATA\n" + fixture("bounce")
                                + ".\n",
                        "EHLO a\nSTARTTLS\nstarttls x\nNOOP\n" + transaction + message + "STARTTLS\nQUIT\n")
                .map(text -> text.replaceAll("(?<!\r)\n", "\r\n"))
                .flatMap(text -> Stream.of(text, text.replaceFirst("\r\n-----BEGIN", "\n.\r\n-----BEGIN")))
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource
    @FuzzTest(maxDuration = "10m")
    void connectionShouldComeToTheSameInAllPieces(byte[] octets) throws IOException {
        for (SmtpPipeline port : List.of(INCOMING, SUBMISSION)) {
            Outcome whole = port.play(cutBehindStartTls(octets));
            assertThat(whole.replies().lines()).noneMatch(line -> line.startsWith("451"));
            check(new String(octets, StandardCharsets.ISO_8859_1), whole);
            Outcome pieces = port.play(cutBehindStartTls(octets).flatMap(SmtpFuzzTest::pieces));
            assertThat(pieces.replies()).isEqualTo(whole.replies());
            assertThat(pieces.messages())
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(whole.messages());
            checkHangUp(port.play(Stream.of(octets)), whole);
        }
    }

    /** What came together with STARTTLS is never read, and what stood before it is answered as ever. */
    private static void checkHangUp(Outcome together, Outcome whole) {
        int end = together.replies().indexOf(HANGING_UP);
        String answered = end < 0 ? together.replies() : together.replies().substring(0, end);
        assertThat(whole.replies()).startsWith(answered);
        if (end < 0) {
            assertThat(answered).isEqualTo(whole.replies());
        } else {
            assertThat(together.replies().substring(end)).isEqualTo(HANGING_UP);
        }
        assertThat(together.messages())
                .usingElementComparator(Arrays::compare)
                .isEqualTo(whole.messages().subList(0, together.messages().size()));
    }

    /** As a client sends it that waits for the reply to STARTTLS. */
    private static Stream<byte[]> cutBehindStartTls(byte[] octets) {
        List<byte[]> parts = new ArrayList<>();
        int start = 0;
        for (Matcher line = START_TLS.matcher(new String(octets, StandardCharsets.ISO_8859_1)); line.find(); ) {
            parts.add(Arrays.copyOfRange(octets, start, line.end()));
            start = line.end();
        }
        parts.add(Arrays.copyOfRange(octets, start, octets.length));
        return parts.stream();
    }

    @Test
    void connectionShouldBringEveryEncryptedMessageOfTheSeeds() throws IOException {
        List<byte[]> seeds = connectionShouldComeToTheSameInAllPieces().toList();
        // Every second seed is the one before with a bare LF in its first message.
        assertThat(seeds.stream().map(seed -> acknowledged(INCOMING, seed)))
                .containsExactly(0, 0, 2, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 0);
        assertThat(seeds.stream().map(seed -> acknowledged(SUBMISSION, seed)))
                .containsExactly(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "QU\rIT",
                "QUIT\r MAIL",
                "EHLO a\rb",
                "\0",
                "MAIL FROM:<a\r@b>",
                "NOOP \u007f",
                "\rNOOP",
                "NOOP\r\r"
            })
    void commandShouldBeRefusedWhenItHoldsAControlCharacter(String command) {
        byte[] octets = (command + "\r\nNOOP\r\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(INCOMING.play(Stream.of(octets)).replies())
                .isEqualTo("500 5.5.2 Control character in command\r\n250 2.0.0 OK\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "   "})
    void recipientShouldBeTakenWhateverBlanksStandBeforeIt(String blanks) {
        byte[] octets = ("EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:" + blanks + "<ac1_bob@example.org>\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(INCOMING.play(Stream.of(octets)).replies())
                .endsWith("250 2.1.5 Recipient <ac1_bob@example.org> OK\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "", "!", "IA==", "YUBiQGM=", "="})
    void loginShouldBeRefusedWithoutHangingUpWhenItsNameIsNone(String name) {
        byte[] octets = ("EHLO a\r\nAUTH LOGIN\r\n" + name + "\r\nRSET\r\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(SUBMISSION.play(Stream.of(octets)).replies())
                .contains("334 VXNlcm5hbWU6\r\n501 5.5.2 ")
                .endsWith("250 2.0.0 OK\r\n");
    }

    @Test
    void loginShouldBeRefusedWhenItIsOneWord() {
        byte[] octets = "EHLO a\r\nAUTH PLAIN c2VjcmV0\r\nRSET\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(SUBMISSION.play(Stream.of(octets)).replies())
                .endsWith("535 5.7.8 Authentication failed\r\n250 2.0.0 OK\r\n");
    }

    private static int acknowledged(SmtpPipeline port, byte[] octets) {
        return port.play(cutBehindStartTls(octets)).messages().size();
    }

    private void check(String sent, Outcome outcome) throws IOException {
        assertThat(outcome.replies())
                .matches("(?s)(?:[245]\\d\\d[ -][^\\r\\n]*\\r\\n|334 [^\\r\\n]*\\r\\n|354 [^\\r\\n]*\\r\\n)*");
        assertThat(outcome.messages().size()).isLessThanOrEqualTo(occurrences(sent, END));
        String unstuffed = ("\r\n" + sent).replace("\r\n.", "\r\n");
        int from = 0;
        for (byte[] message : outcome.messages()) {
            assertThat(gate.judge(new ByteArrayInputStream(message), Optional.empty(), () -> false))
                    .isInstanceOf(Accepted.class);
            String text = "\r\n" + new String(message, StandardCharsets.ISO_8859_1);
            int start = unstuffed.indexOf(text + "\r\n", from);
            assertThat(start).as("where the message stands in what was sent").isNotNegative();
            from = start + text.length();
        }
    }

    private static int occurrences(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    /** Pieces of 1, 2, 3 and so on octets. */
    private static Stream<byte[]> pieces(byte[] octets) {
        List<byte[]> pieces = new ArrayList<>();
        int length = 1;
        for (int start = 0; start < octets.length; start += length++) {
            pieces.add(Arrays.copyOfRange(octets, start, Math.min(octets.length, start + length)));
        }
        return pieces.stream();
    }

    private static String fixture(String name) throws IOException {
        try (InputStream in = SmtpFuzzTest.class.getResourceAsStream("/eml/" + name + ".eml")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
