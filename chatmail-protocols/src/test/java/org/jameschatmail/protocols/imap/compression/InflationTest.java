package org.jameschatmail.protocols.imap.compression;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.DecompressionException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InflationTest {
    private static final int PIECE = 1000;

    private final Inflation subject = new Inflation();

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "0, 2", "1, 0", "1, 1", "1, 2", "5, 0", "5, 1", "5, 2", "9, 0", "9, 1", "9, 2"})
    void inflateShouldMakeWhatWasDeflatedWhenItComesByTheOctet(int level, int strategy) {
        Random random = new Random(level * 10 + strategy);
        Deflater deflater = new Deflater(level, true);
        deflater.setStrategy(strategy);
        for (int size : new int[] {0, 1, 30, 5_000, 70_000, 140_000}) {
            byte[] plain = text(size, random);
            ByteArrayOutputStream made = new ByteArrayOutputStream();

            for (byte octet : deflated(plain, deflater)) {
                made.writeBytes(inflated(new byte[] {octet}));
            }

            assertThat(made.toByteArray()).isEqualTo(plain);
        }
        deflater.end();
    }

    @Test
    void inflateShouldTakeBlocksOfAnotherDeflaterWhenTheyFollowAFlush() {
        for (int i = 0; i < 50; i++) {
            Deflater deflater = new Deflater(i % 10, true);
            byte[] plain = text(i * 100, new Random(i));

            assertThat(inflated(deflated(plain, deflater))).isEqualTo(plain);
            deflater.end();
        }
    }

    @Test
    void inflateShouldHoldLittleWhenLittleHasCome() {
        Deflater deflater = new Deflater(5, true);

        inflated(deflated("a LOGIN x y\r\n".getBytes(US_ASCII), deflater));
        assertThat(subject.held()).isEqualTo(256);

        inflated(deflated(text(1_000_000, new Random(1)), deflater));
        assertThat(subject.held()).isEqualTo(32 * 1024);
        deflater.end();
    }

    @Test
    void inflateShouldFindTheOldestOctetsWhenACopyIsAsFarAwayAsCanBe() {
        byte[] once = new byte[32 * 1024 - 262];
        new Random(2).nextBytes(once);
        byte[] twice = Arrays.copyOf(once, 2 * once.length);
        System.arraycopy(once, 0, twice, once.length, once.length);
        Deflater deflater = new Deflater(9, true);
        byte[] compressed = deflated(twice, deflater);
        deflater.end();

        assertThat(compressed.length).isLessThan(once.length + 2_000);
        assertThat(inflated(compressed)).isEqualTo(twice);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void inflateShouldAgreeWithTheJdkWhenOctetsAreChanged(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 3_000; round++) {
            Deflater deflater = new Deflater(random.nextInt(10), true);
            byte[] compressed = deflated(text(random.nextInt(600), random), deflater);
            deflater.end();
            for (int change = random.nextInt(4); change >= 0; change--) {
                compressed[random.nextInt(compressed.length)] = (byte) random.nextInt();
            }
            refused += agrees(compressed) ? 0 : 1;
        }
        assertThat(refused).isBetween(100, 2_999);
    }

    /** Whether both inflated it, to the same; false when both refused it. */
    private static boolean agrees(byte[] compressed) {
        Optional<byte[]> theirs = inflatedByJdk(compressed);
        Optional<byte[]> ours;
        try {
            ours = Optional.of(inflated(compressed, new Inflation()));
        } catch (DecompressionException e) {
            ours = Optional.empty();
        }
        if (ours.isEmpty() && theirs.isPresent()) {
            // The JDK finds some faults later, and leaves alone what follows the end of a stream.
            theirs = inflatedByJdk(Arrays.copyOf(compressed, compressed.length + 100));
        }
        assertThat(ours.isPresent()).as(Arrays.toString(compressed)).isEqualTo(theirs.isPresent());
        ours.ifPresent(
                made -> assertThat(made).isEqualTo(inflatedByJdk(compressed).orElseThrow()));
        return ours.isPresent();
    }

    /** Empty when it isn't a stream that goes on. */
    private static Optional<byte[]> inflatedByJdk(byte[] compressed) {
        Inflater inflater = new Inflater(true);
        try {
            byte[] made = new byte[1024 * 1024];
            inflater.setInput(compressed);
            int length = inflater.inflate(made);
            boolean endsEarly = inflater.finished() && inflater.getRemaining() > 0;
            return endsEarly ? Optional.empty() : Optional.of(Arrays.copyOf(made, length));
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    @Test
    void inflateShouldFailWhenMoreComesThanTheStream() {
        Deflater deflater = new Deflater(5, true);
        deflater.setInput(new byte[] {1, 2, 3});
        deflater.finish();
        byte[] compressed = new byte[100];
        int length = deflater.deflate(compressed);
        deflater.end();

        assertThat(inflated(Arrays.copyOf(compressed, length))).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> inflated(new byte[] {0})).isInstanceOf(DecompressionException.class);
    }

    private byte[] inflated(byte[] compressed) {
        return inflated(compressed, subject);
    }

    private static byte[] inflated(byte[] compressed, Inflation inflation) {
        ByteBuf in = Unpooled.wrappedBuffer(compressed);
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        boolean more = true;
        while (more) {
            ByteBuf out = Unpooled.buffer(PIECE);
            more = inflation.inflate(in, out, PIECE);
            assertThat(out.readableBytes()).isLessThanOrEqualTo(PIECE);
            made.write(out.array(), 0, out.readableBytes());
        }
        assertThat(in.isReadable()).isFalse();
        return made.toByteArray();
    }

    private static byte[] deflated(byte[] plain, Deflater deflater) {
        deflater.setInput(plain);
        byte[] compressed = new byte[plain.length + plain.length / 100 + 1_000];
        int length = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(compressed, length);
    }

    /** Words that come again, and now and then octets that don't. */
    private static byte[] text(int size, Random random) {
        byte[] text = new byte[size];
        for (int at = 0; at < size; ) {
            byte[] word = new byte[1 + random.nextInt(12)];
            if (random.nextInt(4) == 0) {
                random.nextBytes(word);
            } else {
                Arrays.fill(word, (byte) ('a' + random.nextInt(6)));
            }
            int length = Math.min(word.length, size - at);
            System.arraycopy(word, 0, text, at, length);
            at += length;
        }
        return text;
    }
}
