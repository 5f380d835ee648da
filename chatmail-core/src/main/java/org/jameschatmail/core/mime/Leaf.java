package org.jameschatmail.core.mime;

import java.util.Optional;

/** The leaf being read. */
final class Leaf {
    private final MimeEntity entity;
    private final MimeVisitor visitor;
    private final TransferDecoder decoder;
    private final boolean intact;
    private boolean lineBreakPending;

    Leaf(MimeEntity entity, String encoding, boolean intact, MimeVisitor visitor) {
        Optional<TransferDecoder> known = TransferDecoder.of(encoding, visitor);
        this.entity = entity;
        this.visitor = visitor;
        this.decoder = known.orElseGet(() -> new IdentityDecoder(visitor));
        this.intact = intact && known.isPresent();
    }

    /** A line break is content only once another line follows: the one before a delimiter belongs to the delimiter. */
    void read(LineSource line) {
        if (lineBreakPending) {
            decoder.lineBreak();
        }
        decoder.write(line);
        lineBreakPending = line.terminated();
    }

    /** @param whole whether the leaf ends by a delimiter, or is the message itself, whose last line break is its own */
    void end(boolean whole) {
        if (entity.depth() == 0 && lineBreakPending) {
            decoder.lineBreak();
        }
        boolean decoded = decoder.finish();
        visitor.endEntity(entity, decoded && intact && whole);
    }
}
