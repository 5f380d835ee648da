package org.jameschatmail.benchmarks.gate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jameschatmail.core.gate.IncomingGate;
import org.jameschatmail.core.gate.SubmissionGate;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Accepted;
import org.jameschatmail.core.verdict.Verdict;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Judges an encrypted message of Delta Chat's shape: a text, a longer one, a picture, a video. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class GateBenchmark {
    private static final String ALICE = "ac1_alice@example.org";

    @Param({"1500", "6000", "29000", "5000000"})
    private int octets;

    private final SubmissionGate submission = new SubmissionGate(MimeLimits.DEFAULT);
    private final IncomingGate incoming = new IncomingGate(MimeLimits.DEFAULT);
    private byte[] message = {};

    @Setup
    public void write() throws IOException {
        message = message(octets);
        if (!(submit() instanceof Accepted) || !(receive() instanceof Accepted)) {
            throw new IllegalStateException("The message is refused");
        }
    }

    @Benchmark
    public Verdict submit() throws IOException {
        return submission.judge(new ByteArrayInputStream(message), ALICE);
    }

    @Benchmark
    public Verdict receive() throws IOException {
        return incoming.judge(new ByteArrayInputStream(message), Optional.of(ALICE), () -> false);
    }

    private static byte[] message(int octets) {
        String head = """
                Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";
                \tboundary="18a0b1c2d3e4f506_5f1e2d3c4b5a6978_0123456789abcdef"
                MIME-Version: 1.0
                From: <ac1_alice@example.org>
                To: "hidden-recipients": ;
                Subject: [...]
                Date: Tue, 17 Nov 2026 07:31:02 +0000
                Message-ID: <4c1f7f6e-3a8e-4f0b-9e3f-5b8a0c6d7e21@localhost>
                Chat-Version: 1.0


                --18a0b1c2d3e4f506_5f1e2d3c4b5a6978_0123456789abcdef
                Content-Type: application/pgp-encrypted; charset="utf-8"
                Content-Transfer-Encoding: 7bit

                Version: 1

                --18a0b1c2d3e4f506_5f1e2d3c4b5a6978_0123456789abcdef
                Content-Type: application/octet-stream; name="encrypted.asc"; charset="utf-8"
                Content-Transfer-Encoding: 7bit

                -----BEGIN PGP MESSAGE-----

                """.replace("\n", "\r\n");
        String tail = """

                -----END PGP MESSAGE-----

                --18a0b1c2d3e4f506_5f1e2d3c4b5a6978_0123456789abcdef--
                """.replace("\n", "\r\n");
        int lines = Math.max(1, (octets - head.length() - tail.length()) / 66);
        byte[] data = new byte[48 * lines - 6];
        new Random(1).nextBytes(data);
        data[0] = 1;
        byte[] packet = ByteBuffer.allocate(48 * lines)
                .put((byte) 0xD2)
                .put((byte) 0xFF)
                .putInt(data.length)
                .put(data)
                .array();
        String armored = Base64.getMimeEncoder(64, new byte[] {'\r', '\n'}).encodeToString(packet);
        return (head + armored + tail).getBytes(StandardCharsets.US_ASCII);
    }
}
