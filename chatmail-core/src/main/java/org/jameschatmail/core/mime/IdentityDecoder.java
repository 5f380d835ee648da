package org.jameschatmail.core.mime;

/** 7bit, 8bit and binary: the content as it stands. */
final class IdentityDecoder extends TransferDecoder {
    private static final byte[] CRLF = {'\r', '\n'};

    private final MimeVisitor visitor;

    IdentityDecoder(MimeVisitor visitor) {
        this.visitor = visitor;
    }

    @Override
    void write(LineSource line) {
        if (line.length() > 0) {
            visitor.content(line.buffer(), line.start(), line.length());
        }
    }

    @Override
    void lineBreak() {
        visitor.content(CRLF, 0, CRLF.length);
    }

    @Override
    boolean finish() {
        return true;
    }
}
