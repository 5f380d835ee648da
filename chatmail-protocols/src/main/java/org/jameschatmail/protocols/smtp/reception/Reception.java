package org.jameschatmail.protocols.smtp.reception;

import io.netty.buffer.ByteBuf;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.jameschatmail.core.verdict.Reason;

/**
 * One message between the 354 and the final dot. It ends with a dot between two CR LF and nothing else, so that what
 * comes behind a bare CR or LF is never taken for commands (SMTP smuggling): a message with one, or a message that is
 * too large or can't be kept, is read to its end, thrown away, and refused then. For use by one thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.5.2">RFC 5321, sections 2.3.8 and 4.5.2</a>
 */
final class Reception implements Closeable {
    /** Where the reception stands while a message is awaited on a session, for the length of its transaction. */
    static final AttachmentKey<Reception> KEY = AttachmentKey.of("chatmail.reception", Reception.class);

    private static final int BLOCK = 8 * 1024;

    /** What the last octet was. */
    private enum State {
        /** CR LF, or nothing yet. */
        LINE_START,
        /** A dot at the start of a line, which is never kept: it is stuffing, or the end. */
        DOT,
        /** That dot, and CR: the end, or a bare CR in a message that is thrown away. */
        DOT_CR,
        CR,
        TEXT,
        END
    }

    private final KeptOctets kept;
    private final byte[] block = new byte[BLOCK];
    private State state = State.LINE_START;

    /** @param maxSize in bytes */
    Reception(long maxSize, MemoryBudget budget) {
        this.kept = new KeptOctets(maxSize, budget);
    }

    /** Takes what is there; true when the message ended. What stands behind its end is left in {@code in}. */
    boolean read(ByteBuf in) {
        while (state != State.END && in.isReadable()) {
            int length = Math.min(in.readableBytes(), BLOCK);
            in.getBytes(in.readerIndex(), block, 0, length);
            in.skipBytes(readBlock(length));
        }
        return state == State.END;
    }

    /** Gives how many octets of the block belong to the message, its end included. */
    private int readBlock(int length) {
        int unkept = 0; // the first octet that isn't written yet
        int index = 0;
        while (index < length && state != State.END) {
            byte octet = block[index];
            if (state == State.TEXT && octet != '\r' && octet != '\n') {
                index++;
                continue;
            }
            if (state == State.LINE_START && octet == '.') {
                kept.add(block, unkept, index);
                unkept = index + 1;
            } else if (state == State.DOT && octet == '\r') {
                unkept = index + 1;
            }
            state = next(octet);
            index++;
        }
        if (state != State.END) {
            kept.add(block, unkept, index);
        }
        return index;
    }

    private State next(byte octet) {
        if (octet == '\r') {
            if (state == State.CR || state == State.DOT_CR) {
                kept.refuse(Reason.BARE_LINE_BREAK);
            }
            return state == State.DOT ? State.DOT_CR : State.CR;
        }
        if (octet == '\n') {
            return switch (state) {
                case CR -> State.LINE_START;
                case DOT_CR -> State.END;
                case LINE_START, DOT, TEXT, END -> {
                    kept.refuse(Reason.BARE_LINE_BREAK);
                    yield State.TEXT;
                }
            };
        }
        if (state == State.CR || state == State.DOT_CR) {
            kept.refuse(Reason.BARE_LINE_BREAK);
        }
        return state == State.LINE_START && octet == '.' ? State.DOT : State.TEXT;
    }

    /** Why the message is refused, whatever is in it. */
    Optional<Reason> fault() {
        return kept.fault();
    }

    /** The message, once it has ended without a fault. */
    MessageContent content() throws IOException {
        return kept.content();
    }

    @Override
    public void close() throws IOException {
        state = State.END;
        kept.close();
    }
}
