package org.jameschatmail.protocols.imap.frame;

import java.util.Iterator;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.message.BytesBackedLiteral;
import org.apache.james.imap.message.Literal;

/**
 * Lets James' parsers read a {@link CommandFrame}. All of the command is here, so that nobody waits for a client while
 * it is parsed. Not thread-safe; one instance a command.
 */
public final class FrameReader extends ImapRequestLineReader {
    private final Iterator<byte[]> parts;
    private byte[] line;
    private int position;
    private int counted;

    public FrameReader(CommandFrame frame) {
        parts = frame.parts().iterator();
        line = parts.next();
    }

    @Override
    public char nextChar() throws DecodingException {
        if (!nextSeen) {
            if (position >= line.length) {
                throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Unexpected end of the command");
            }
            nextChar = (char) (line[position++] & 0xff);
            nextSeen = true;
        }
        return nextChar;
    }

    @Override
    public Literal read(int size, boolean extraCRLF) throws DecodingException {
        if (position < line.length || !parts.hasNext()) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "A literal in the middle of a line");
        }
        byte[] octets = parts.next();
        line = parts.next();
        position = 0;
        nextSeen = false;
        if (octets.length != size) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Not the literal that was announced");
        }
        if (extraCRLF) {
            eol();
        }
        return BytesBackedLiteral.of(octets);
    }

    /** The framer has asked for the literal already. */
    @Override
    protected void commandContinuationRequest() {}

    /** Counts one more part of the command, for parsers that bound how many there may be. */
    public int countPart() {
        return ++counted;
    }
}
