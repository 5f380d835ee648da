package org.jameschatmail.core.mime;

/** Base64 content: the alphabet, blanks at the ends of lines, padding at the very end, and nothing else. */
final class Base64Decoder extends TransferDecoder {
    private final Base64 base64 = new Base64();
    private final Octets decoded;
    private boolean failed;

    Base64Decoder(MimeVisitor visitor) {
        this.decoded = new Octets(visitor::content);
    }

    @Override
    void write(LineSource line) {
        byte[] buffer = line.buffer();
        int end = line.start() + line.length();
        int i = line.start();
        while (i < end && !failed) {
            i += base64.acceptRun(buffer, i, end - i, decoded);
            if (i < end) {
                byte c = buffer[i++];
                failed = c != ' ' && c != '\t' && !base64.acceptPadding(c, decoded);
            }
        }
    }

    @Override
    void lineBreak() {
        // Line breaks say nothing in base64.
    }

    @Override
    boolean finish() {
        decoded.flush();
        return !failed && base64.isComplete();
    }
}
