package org.jameschatmail.guice.transport;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import org.jameschatmail.core.dkim.MessageSigner;

/**
 * A message as it goes over the wire: our signatures, and then what the sender wrote.
 *
 * @param signatures header fields with their line ends, or nothing
 * @param content the rest; opened as often as it is sent
 * @param size octets of both
 * @param eightBit whether an octet above 127 is among them
 */
public record OutboundMessage(byte[] signatures, Source content, long size, boolean eightBit) {
    private static final int BUFFER = 8192;

    /** What can be read several times. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    /** Signs a message, which reads it once. */
    public static OutboundMessage signed(Source content, MessageSigner signer, Instant now) throws IOException {
        try (Census census = new Census(new BufferedInputStream(content.open(), BUFFER))) {
            byte[] signatures = signer.sign(census, now);
            census.skipToEnd();
            return new OutboundMessage(signatures, content, signatures.length + census.count, census.eightBit);
        }
    }

    public InputStream open() throws IOException {
        return new SequenceInputStream(new ByteArrayInputStream(signatures), content.open());
    }

    /**
     * Writes the message with another dot in front of each line that starts with one, and a line end at its end. The last
     * dot is the caller's.
     */
    public void writeStuffed(OutputStream target) throws IOException {
        BufferedOutputStream out = new BufferedOutputStream(target, BUFFER);
        int previous = '\n';
        int beforePrevious = '\r';
        try (InputStream in = new BufferedInputStream(open(), BUFFER)) {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (octet == '.' && previous == '\n') {
                    out.write('.');
                }
                out.write(octet);
                beforePrevious = previous;
                previous = octet;
            }
        }
        if (previous != '\n' || beforePrevious != '\r') {
            out.write('\r');
            out.write('\n');
        }
        out.flush();
    }

    /** How many octets {@link #writeStuffed} writes. */
    public long stuffedSize() throws IOException {
        Count count = new Count();
        writeStuffed(count);
        return count.octets;
    }

    private static final class Count extends OutputStream {
        private long octets;

        @Override
        public void write(int octet) {
            octets++;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            octets += length;
        }
    }

    private static final class Census extends FilterInputStream {
        private long count;
        private boolean eightBit;

        private Census(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            if (octet >= 0) {
                count++;
                eightBit |= octet > 127;
            }
            return octet;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int got = super.read(target, offset, length);
            for (int index = 0; index < got; index++) {
                eightBit |= target[offset + index] < 0;
            }
            count += Math.max(got, 0);
            return got;
        }

        /** Where nothing is signed, nothing was read. */
        private void skipToEnd() throws IOException {
            byte[] buffer = new byte[BUFFER];
            while (read(buffer, 0, BUFFER) >= 0) {
                // Counted by reading.
            }
        }
    }
}
