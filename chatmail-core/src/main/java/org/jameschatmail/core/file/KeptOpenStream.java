package org.jameschatmail.core.file;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Hands over to another stream, in blocks, and leaves it open when this one is closed. Not thread-safe. */
public final class KeptOpenStream extends FilterOutputStream {
    private static final int BLOCK = 64 * 1024;

    public KeptOpenStream(OutputStream stream) {
        super(new BufferedOutputStream(stream, BLOCK));
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        out.write(octets, offset, length);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
