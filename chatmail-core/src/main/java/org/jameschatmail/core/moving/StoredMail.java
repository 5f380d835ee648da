package org.jameschatmail.core.moving;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Messages as Dovecot stores them: often compressed by its plugin {@code zlib}, with lines that end in LF. */
final class StoredMail {
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final int BLOCK = 1 << 16;

    private StoredMail() {}

    /**
     * Reads a message, with CRLF at the ends of lines.
     *
     * @return empty when it has more octets than that
     */
    static Optional<byte[]> read(Path file, long longest) throws IOException {
        try (InputStream stored = new BufferedInputStream(Files.newInputStream(file), BLOCK)) {
            stored.mark(2);
            boolean compressed = stored.read() == GZIP_FIRST && stored.read() == GZIP_SECOND;
            stored.reset();
            return withLineEnds(compressed ? new GZIPInputStream(stored, BLOCK) : stored, longest);
        }
    }

    private static Optional<byte[]> withLineEnds(InputStream stream, long longest) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK];
        int before = 0;
        for (int length = stream.read(block); length >= 0; length = stream.read(block)) {
            int written = 0;
            for (int index = 0; index < length; index++) {
                if (block[index] == '\n' && before != '\r') {
                    message.write(block, written, index - written);
                    message.write('\r');
                    written = index;
                }
                before = block[index];
            }
            message.write(block, written, length - written);
            if (message.size() > longest) {
                return Optional.empty();
            }
        }
        return Optional.of(message.toByteArray());
    }
}
