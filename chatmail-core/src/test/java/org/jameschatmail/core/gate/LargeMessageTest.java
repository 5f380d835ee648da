package org.jameschatmail.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jameschatmail.core.Eml;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Accepted;
import org.jameschatmail.core.verdict.Verdict;
import org.junit.jupiter.api.Test;

class LargeMessageTest {
    private static final String ALICE = "ac1_alice@example.org";
    private static final int LINES = 450_000;
    private static final int OCTETS_A_LINE = 48;
    private static final long MAX_ALLOCATED_BYTES = 200_000;

    private final SubmissionGate gate = new SubmissionGate(MimeLimits.DEFAULT);

    @Test
    void gateShouldJudgeThirtyMegabytesInBoundedMemory() throws IOException {
        gate.judge(largeMessage(100, OCTETS_A_LINE * 100 - 6), ALICE);
        InputStream message = largeMessage(LINES, OCTETS_A_LINE * LINES - 6);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Verdict verdict = gate.judge(message, ALICE);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(verdict).isInstanceOf(Accepted.class);
        assertThat(allocated).isPositive().isLessThan(MAX_ALLOCATED_BYTES);
    }

    @Test
    void gateShouldRefuseThirtyMegabytesWhenOneOctetIsMissing() throws IOException {
        assertThat(gate.judge(largeMessage(LINES, OCTETS_A_LINE * LINES - 5), ALICE))
                .isNotInstanceOf(Accepted.class);
    }

    @Test
    void gateShouldJudgeEndlessLineInBoundedMemory() throws IOException {
        String head = Eml.fixture("delta-chat").text();
        InputStream message = new SequenceInputStream(
                ascii(head.substring(0, head.indexOf("-----BEGIN"))), new RepeatedInputStream("x", 30_000_000));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(gate.judge(message, ALICE)).isNotInstanceOf(Accepted.class);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_ALLOCATED_BYTES);
    }

    /** A Delta Chat message whose encrypted packet says that it has {@code length} octets, and has 48 a line less 6. */
    private static InputStream largeMessage(int lines, int length) {
        String fixture = Eml.fixture("delta-chat").text();
        int armor = fixture.indexOf("-----BEGIN");
        byte[] first = new byte[OCTETS_A_LINE];
        first[0] = (byte) 0xD2;
        first[1] = (byte) 255;
        for (int i = 0; i < 4; i++) {
            first[2 + i] = (byte) (length >> 24 - 8 * i);
        }
        first[6] = 1;
        String firstLine =
                "-----BEGIN PGP MESSAGE-----\r\n\r\n" + Base64.getEncoder().encodeToString(first) + "\r\n";
        return new SequenceInputStream(Collections.enumeration(List.of(
                ascii(fixture.substring(0, armor) + firstLine),
                new RepeatedInputStream("A".repeat(64) + "\r\n", lines - 1),
                ascii(fixture.substring(fixture.indexOf("-----END"))))));
    }

    private static InputStream ascii(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A text over and over, made while it is read. */
    private static final class RepeatedInputStream extends InputStream {
        private final byte[] text;
        private long left;

        RepeatedInputStream(String text, long times) {
            this.text = text.getBytes(StandardCharsets.US_ASCII);
            this.left = times * this.text.length;
        }

        @Override
        public int read() {
            return left == 0 ? -1 : text[(int) (text.length - 1 - (left-- - 1) % text.length)];
        }
    }
}
