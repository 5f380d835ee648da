package org.jameschatmail.core.mime;

/** Quoted-printable content. Lines far above the 76 characters allowed, raw 8-bit and broken escapes fail it. */
final class QuotedPrintableDecoder extends TransferDecoder {
    private final Octets decoded;
    private boolean softBreak;
    private boolean failed;

    QuotedPrintableDecoder(MimeVisitor visitor) {
        this.decoded = new Octets(visitor::content);
    }

    @Override
    void write(LineSource line) {
        failed |= !line.startsLine() || !line.completesLine();
        byte[] buffer = line.buffer();
        int end = line.start() + line.length();
        while (end > line.start() && (buffer[end - 1] == ' ' || buffer[end - 1] == '\t')) {
            end--;
        }
        softBreak = end > line.start() && buffer[end - 1] == '=';
        if (softBreak) {
            end--;
        }
        int i = line.start();
        while (i < end && !failed) {
            byte c = buffer[i++];
            if (c == '=') {
                int octet = i + 2 <= end ? octetOf(buffer[i], buffer[i + 1]) : -1;
                failed = octet < 0;
                decoded.add((byte) octet);
                i += 2;
            } else {
                failed = c < 0;
                decoded.add(c);
            }
        }
    }

    @Override
    void lineBreak() {
        if (!softBreak) {
            decoded.add((byte) '\r');
            decoded.add((byte) '\n');
        }
        softBreak = false;
    }

    @Override
    boolean finish() {
        decoded.flush();
        return !failed;
    }

    /** Negative when one of them is no hexadecimal digit. */
    private static int octetOf(byte high, byte low) {
        return Character.digit(high, 16) << 4 | Character.digit(low, 16);
    }
}
