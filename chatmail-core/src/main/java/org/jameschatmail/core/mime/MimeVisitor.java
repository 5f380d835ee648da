package org.jameschatmail.core.mime;

/**
 * Is told what {@link MimeReader} reads, in the order of the message. Calls nest: the parts of a multipart come between
 * its start and its end. When the reader finds a fault, the remaining calls don't come.
 */
public interface MimeVisitor {
    void startEntity(MimeEntity entity);

    /**
     * The next octets of the leaf that started last, transfer encoding decoded. The buffer is the reader's: valid
     * during the call only, not to be written to.
     */
    void content(byte[] buffer, int offset, int length);

    /** A line that isn't blank before the first part or after the last one of a multipart. */
    void textOutsideParts();

    /**
     * The entity that started last and hasn't ended ends.
     *
     * @param entity as told at its start
     * @param intact whether every reader would read it the same way: header fields well-formed and not doubled where
     *     that matters, content decodable, multipart closed by its own delimiter and without lines that nearly are one
     */
    void endEntity(MimeEntity entity, boolean intact);
}
