package org.jameschatmail.protocols.imap.compression;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.DecompressionException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateCompressionTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final DeflateCompression subject = new DeflateCompression(channel);

    @Test
    void startShouldAnnounceInTheClear() {
        AtomicBoolean started = new AtomicBoolean();

        subject.start(() -> channel.writeAndFlush(buffer("OK".getBytes(US_ASCII))), () -> started.set(true));
        channel.runPendingTasks();

        ByteBuf announcement = channel.readOutbound();
        assertThat(announcement.toString(US_ASCII)).isEqualTo("OK");
        announcement.release();
        assertThat(started).isTrue();
        assertThat(subject.isActive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4_096, 8_192, 65_536, 200_000})
    void writeShouldBeReadableAtOnceWhenItCannotBeCompressed(int size) throws Exception {
        start();
        byte[] written = new byte[size];
        new Random(size).nextBytes(written);
        Inflater inflater = new Inflater(true);

        for (int i = 0; i < 3; i++) {
            channel.writeOutbound(buffer(written));
            assertThat(inflate(inflater)).isEqualTo(written);
        }
        inflater.end();
    }

    @Test
    void writesShouldShareADeflaterUntilTheFlushAndNothingAfterIt() throws Exception {
        start();
        byte[] written = new byte[1000];
        new Random(1).nextBytes(written);

        channel.write(buffer(written));
        channel.writeOutbound(buffer(written));
        byte[] together = takeWritten();
        channel.writeOutbound(buffer(written));
        byte[] alone = takeWritten();

        assertThat(together.length).isLessThan(1_200);
        assertThat(inflate(alone)).isEqualTo(written);
    }

    @Test
    void readShouldInflate() {
        start();

        channel.writeInbound(buffer(deflated("a NOOP\r\n".getBytes(US_ASCII))));

        ByteBuf read = channel.readInbound();
        assertThat(read.toString(US_ASCII)).isEqualTo("a NOOP\r\n");
        read.release();
    }

    @Test
    void readShouldFailWhenItInflatesOutOfProportion() {
        start();
        byte[] bomb = deflated(new byte[64 * 1024 * 1024]);

        assertThatThrownBy(() -> channel.writeInbound(buffer(bomb))).isInstanceOf(DecompressionException.class);
        assertThat(inflatedParts().stream().mapToLong(Integer::intValue).sum())
                .isLessThanOrEqualTo(BoundedInflater.FREE + BoundedInflater.RATIO * bomb.length);
    }

    @Test
    void readShouldInflateALittleAtOnce() {
        start();

        channel.writeInbound(buffer(deflated(new byte[1024 * 1024])));

        List<Integer> parts = inflatedParts();
        assertThat(parts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1024 * 1024);
        assertThat(parts).allMatch(part -> part <= BoundedInflater.PIECE);
    }

    @Test
    void readShouldGoOnWhenTheClientSendsMuchThatCompressesWell() {
        start();
        Random random = new Random(1);
        StringBuilder commands = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            commands.append("a" + i + " UID FETCH " + random.nextInt(1000) + " (FLAGS BODY.PEEK[])\r\n");
        }

        channel.writeInbound(buffer(deflated(commands.toString().getBytes(US_ASCII))));

        assertThat(commands.length()).isGreaterThan(2 * (int) BoundedInflater.FREE);
        assertThat(inflatedParts().stream().mapToInt(Integer::intValue).sum()).isEqualTo(commands.length());
    }

    @Test
    void readShouldWaitWhenNobodyReads() {
        start();
        channel.config().setAutoRead(false);

        channel.writeInbound(buffer(deflated(new byte[1024 * 1024])));
        assertThat(inflatedParts()).containsExactly(BoundedInflater.PIECE);

        channel.config().setAutoRead(true);
        channel.runPendingTasks();
        assertThat(inflatedParts().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(1024 * 1024 - BoundedInflater.PIECE);
    }

    private List<Integer> inflatedParts() {
        List<Integer> parts = new ArrayList<>();
        for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
            parts.add(part.readableBytes());
            part.release();
        }
        return parts;
    }

    private void start() {
        subject.start(() -> {}, () -> {});
        channel.runPendingTasks();
    }

    private byte[] inflate(Inflater inflater) throws DataFormatException {
        return inflate(takeWritten(), inflater);
    }

    private static byte[] inflate(byte[] compressed) throws DataFormatException {
        Inflater fresh = new Inflater(true);
        try {
            return inflate(compressed, fresh);
        } finally {
            fresh.end();
        }
    }

    private byte[] takeWritten() {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            byte[] bytes = new byte[part.readableBytes()];
            part.readBytes(bytes);
            compressed.writeBytes(bytes);
            part.release();
        }
        return compressed.toByteArray();
    }

    private static byte[] inflate(byte[] compressed, Inflater inflater) throws DataFormatException {
        inflater.setInput(compressed);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        for (int length = inflater.inflate(chunk); length > 0; length = inflater.inflate(chunk)) {
            plain.write(chunk, 0, length);
        }
        return plain.toByteArray();
    }

    private static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        byte[] compressed = deflated(plain, deflater);
        deflater.end();
        return compressed;
    }

    private static byte[] deflated(byte[] plain, Deflater deflater) {
        deflater.setInput(plain);
        byte[] compressed = new byte[1024 * 1024];
        int length = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(compressed, length);
    }

    private static ByteBuf buffer(byte[] bytes) {
        return Unpooled.wrappedBuffer(bytes);
    }
}
