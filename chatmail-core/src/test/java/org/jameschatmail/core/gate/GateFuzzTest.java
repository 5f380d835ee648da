package org.jameschatmail.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.jameschatmail.core.Eml;
import org.jameschatmail.core.address.EmailAddress;
import org.jameschatmail.core.header.HeaderRewrite;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Accepted;
import org.jameschatmail.core.verdict.Verdict;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gates fed with anything: they come to a verdict in bounded memory, whatever the pieces in which the message
 * comes, and let nothing pass that other people's code doesn't find encrypted.
 *
 * <p>As a test, the seeds and what was found before; {@code mvn -P fuzz -pl chatmail-core test} mutates them.
 */
class GateFuzzTest {
    /** The reader's fixed cost, and the header fields, which are kept. */
    private static final long MAX_ALLOCATED_BYTES = 2_000_000;

    private static final int MAX_ALLOCATED_PER_OCTET = 100;
    private static final HeaderRewrite REWRITE = HeaderRewrite.SUBMITTED.and(HeaderRewrite.STORED);

    private final SubmissionGate submission = new SubmissionGate(MimeLimits.DEFAULT);
    private final IncomingGate incoming = new IncomingGate(MimeLimits.DEFAULT);

    static Stream<byte[]> gatesShouldLetNothingUnencryptedPass() {
        return Stream.of(
                        "delta-chat",
                        "thunderbird",
                        "proton",
                        "gnupg-mutt",
                        "base64-part",
                        "quoted-printable-part",
                        "bounce",
                        "secure-join-vc-request",
                        "cleartext-quoting-armor",
                        "multipart-signed",
                        "autocrypt-setup-message")
                .map(name -> Eml.fixture(name).bytes());
    }

    @MethodSource
    @FuzzTest(maxDuration = "10m")
    void gatesShouldLetNothingUnencryptedPass(byte[] message) throws IOException {
        Verdict lenient = incoming.judge(new Trickle(message), Optional.empty(), () -> false);
        // The second time, for then what loads and instruments classes has allocated its own.
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Verdict again = incoming.judge(new ByteArrayInputStream(message), Optional.empty(), () -> false);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(MAX_ALLOCATED_BYTES + (long) MAX_ALLOCATED_PER_OCTET * message.length);
        assertThat(again).isEqualTo(lenient);

        Verdict readable = incoming.judge(new ByteArrayInputStream(message), Optional.empty(), () -> true);
        if (readable instanceof Accepted accepted) {
            checkReadable(message, accepted.from(), lenient);
        } else {
            assertThat(lenient).isEqualTo(readable);
        }
    }

    private void checkReadable(byte[] message, EmailAddress from, Verdict lenient) throws IOException {
        Verdict strict = submission.judge(new ByteArrayInputStream(message), from.toString());
        assertThat(submission.judge(new Trickle(message), from.toString())).isEqualTo(strict);
        if (lenient instanceof Accepted) {
            MessageOracle oracle = MessageOracle.read(message);
            boolean encrypted = oracle.isEncrypted() || oracle.isSecureJoinRequest();
            assertThat(encrypted || oracle.isBounce()).as("incoming").isTrue();
            assertThat(strict instanceof Accepted && !encrypted).as("outgoing").isFalse();
        } else {
            assertThat(strict).as("stricter than the lenient gate").isNotInstanceOf(Accepted.class);
        }
        checkRewrite(message);
    }

    private static void checkRewrite(byte[] message) throws IOException {
        byte[] once = rewrite(message);
        assertThat(rewrite(once)).isEqualTo(once);
        assertThat("\r\n" + new String(once, 0, headerEnd(once), StandardCharsets.ISO_8859_1))
                .doesNotContainIgnoringCase("\r\nReceived:", "\r\nX-Mailer:", "\r\nDKIM-Signature:");
        int oldEnd = headerEnd(message);
        int newEnd = headerEnd(once);
        assertThat(once.length - newEnd).as("length of the body").isEqualTo(message.length - oldEnd);
    }

    private static byte[] rewrite(byte[] message) throws IOException {
        try (InputStream rewritten = REWRITE.apply(new ByteArrayInputStream(message))) {
            return rewritten.readAllBytes();
        }
    }

    private static int headerEnd(byte[] message) {
        String text = "\r\n" + new String(message, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? message.length : end;
    }

    /** The message in pieces of 1, 2, 3 and so on octets. */
    private static final class Trickle extends ByteArrayInputStream {
        private int piece;

        Trickle(byte[] message) {
            super(message);
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            piece = piece % 97 + 1;
            return super.read(buffer, offset, Math.min(length, piece));
        }
    }
}
