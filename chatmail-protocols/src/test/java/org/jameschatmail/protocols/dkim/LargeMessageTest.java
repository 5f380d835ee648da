package org.jameschatmail.protocols.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.protocols.dkim.DkimCheckContext.MESSAGE;
import static org.jameschatmail.protocols.dkim.DkimCheckContext.SIGNER;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jameschatmail.core.address.EmailAddress;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;
import org.junit.jupiter.api.Test;

class LargeMessageTest {
    private static final EmailAddress ALICE = new EmailAddress("alice", "example.org");
    private static final String LINE = "A".repeat(76) + "\r\n";
    private static final int LINES = 400_000;
    private static final long MAX_ALLOCATED_BYTES = 1_000_000;

    @Test
    void checkShouldReadThirtyMegabytesInBoundedMemory() throws IOException {
        try (DkimCheckContext server = DkimCheckContext.start()) {
            String header = SIGNER.with("bh", bodyHash()).sign(MESSAGE);
            byte[] octets = header.substring(0, header.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.US_ASCII);
            assertThat(server.judge(SIGNER.sign(MESSAGE))).isEmpty();
            InputStream message = new SequenceInputStream(new ByteArrayInputStream(octets), new Lines());
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            assertThat(server.check.check(message, ALICE, InetAddress.getLoopbackAddress()))
                    .isEmpty();
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .isPositive()
                    .isLessThan(MAX_ALLOCATED_BYTES);
        }
    }

    @Test
    void checkShouldJudgeManyMessagesAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (DkimCheckContext server = DkimCheckContext.start()) {
            String signed = SIGNER.sign(MESSAGE);
            Callable<Boolean> good = () -> server.judge(signed).isEmpty();
            Callable<Boolean> bad = () -> server.judge(signed.replace("Alice", "Malice"))
                    .filter(reason -> reason == Reason.NO_VALID_DKIM_SIGNATURE)
                    .isPresent();
            List<Future<Boolean>> outcomes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                outcomes.add(threads.submit(i % 2 == 0 ? good : bad));
            }
            for (Future<Boolean> outcome : outcomes) {
                assertThat(outcome.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void detailShouldNameNobody() throws IOException {
        try (DkimCheckContext server = DkimCheckContext.start()) {
            InputStream message =
                    new ByteArrayInputStream((SIGNER.sign(MESSAGE) + "x").getBytes(StandardCharsets.US_ASCII));
            assertThat(server.check.check(message, ALICE, InetAddress.getLoopbackAddress()))
                    .map(Rejected::detail)
                    .contains("{BODY_DIFFERS=1}");
        }
    }

    private static String bodyHash() {
        MessageDigest digest = Sha256.digest();
        byte[] line = LINE.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < LINES; i++) {
            digest.update(line);
        }
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    /** The lines of the body, made while they are read. */
    private static final class Lines extends InputStream {
        private long left = (long) LINES * LINE.length();

        @Override
        public int read() {
            return left == 0 ? -1 : LINE.charAt((int) (LINE.length() - 1 - (left-- - 1) % LINE.length()));
        }
    }
}
