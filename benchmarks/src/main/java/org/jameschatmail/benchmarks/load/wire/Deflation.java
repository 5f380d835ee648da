package org.jameschatmail.benchmarks.load.wire;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Raw deflate in both directions. What is sent goes in stored blocks, so that ten thousand clients need no memory for it;
 * what comes is inflated. For one connection; not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4978">RFC 4978</a>
 */
final class Deflation implements Closeable {
    private static final int STORED_HEADER = 5;
    private static final int LONGEST_BLOCK = 0xffff;
    private static final ThreadLocal<byte[]> PIECE = ThreadLocal.withInitial(() -> new byte[16 * 1024]);

    private final Inflater inflater = new Inflater(true);

    byte[] wrap(byte[] octets) {
        int blocks = (octets.length + LONGEST_BLOCK - 1) / LONGEST_BLOCK;
        ByteBuffer stored =
                ByteBuffer.allocate(octets.length + blocks * STORED_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        for (int start = 0; start < octets.length; start += LONGEST_BLOCK) {
            int length = Math.min(LONGEST_BLOCK, octets.length - start);
            stored.put((byte) 0).putShort((short) length).putShort((short) ~length);
            stored.put(octets, start, length);
        }
        return stored.array();
    }

    byte[] unwrap(byte[] octets, int start, int length) throws WireException {
        inflater.setInput(octets, start, length);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = PIECE.get();
        try {
            int count = inflater.inflate(piece);
            while (count > 0) {
                all.write(piece, 0, count);
                count = inflater.inflate(piece);
            }
        } catch (DataFormatException e) {
            throw new WireException("not deflated: " + e.getMessage());
        }
        return all.toByteArray();
    }

    @Override
    public void close() {
        inflater.end();
    }
}
