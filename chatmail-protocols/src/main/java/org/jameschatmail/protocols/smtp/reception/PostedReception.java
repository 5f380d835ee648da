package org.jameschatmail.protocols.smtp.reception;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jameschatmail.core.verdict.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One message that comes as the body of a request, whose end is the body's own. Some senders stuff dots as SMTP does,
 * some don't, and some end with a line of one dot: {@code ..} at the start of a line becomes {@code .}, one dot there
 * stays, and a last line that is nothing but a dot is left out. A bare CR or LF is refused as on port 25. For use by one
 * thread.
 */
public final class PostedReception implements Closeable {
    private static final Logger LOGGER = LoggerFactory.getLogger(PostedReception.class);
    private static final byte[] DOT_LINE = {'.', '\r', '\n'};

    /** What the last octets were; those named here are held back until more is known. */
    private enum State {
        /** CR LF, or nothing yet. */
        LINE_START,
        /** A dot at the start of a line. */
        DOT,
        /** That dot, and CR. */
        DOT_CR,
        /** A line of one dot, which is the end when nothing follows. */
        DOT_CR_LF,
        /** CR, which isn't held back. */
        CR,
        TEXT
    }

    private final KeptOctets kept;
    private State state = State.LINE_START;

    /** @param maxSize of the message, in bytes */
    public PostedReception(long maxSize) {
        this(maxSize, MemoryBudget.SHARED);
    }

    PostedReception(long maxSize, MemoryBudget budget) {
        this.kept = new KeptOctets(maxSize, budget);
    }

    /** Takes the next octets of the body. */
    public void read(byte[] octets, int length) {
        int unkept = 0; // the first octet of these that is neither written nor held back
        for (int index = 0; index < length; index++) {
            byte octet = octets[index];
            if (state == State.TEXT && octet != '\r' && octet != '\n') {
                continue;
            }
            if (state == State.DOT_CR_LF) {
                kept.add(DOT_LINE, 0, DOT_LINE.length);
                state = State.LINE_START;
                unkept = index;
            }
            if (state == State.LINE_START && octet == '.') {
                kept.add(octets, unkept, index);
                state = State.DOT;
            } else if (state == State.DOT) {
                // Of two dots the second is kept; in front of anything but a line end, the only one.
                if (octet != '.' && octet != '\r') {
                    kept.add(DOT_LINE, 0, 1);
                }
                unkept = index;
                state = octet == '\r' ? State.DOT_CR : next(octet, State.TEXT);
            } else if (state == State.DOT_CR) {
                state = octet == '\n' ? State.DOT_CR_LF : next(octet, State.CR);
            } else {
                state = next(octet, state);
            }
        }
        if (state == State.LINE_START || state == State.CR || state == State.TEXT) {
            kept.add(octets, unkept, length);
        }
    }

    private State next(byte octet, State before) {
        if (octet == '\n') {
            if (before != State.CR) {
                kept.refuse(Reason.BARE_LINE_BREAK);
            }
            return State.LINE_START;
        }
        if (before == State.CR) {
            kept.refuse(Reason.BARE_LINE_BREAK);
        }
        return octet == '\r' ? State.CR : State.TEXT;
    }

    /** The body has ended. */
    public void end() {
        if (state == State.CR || state == State.DOT_CR) {
            kept.refuse(Reason.BARE_LINE_BREAK);
        }
    }

    /** Why the message is refused, whatever is in it. */
    public Optional<Reason> fault() {
        return kept.fault();
    }

    /**
     * The message, once it has ended without a fault.
     *
     * @param name tells it from others in the log and the queue
     */
    public ReceivedMessage message(String name) throws IOException {
        return new ReceivedMessage(name, kept.content());
    }

    @Override
    public void close() {
        try {
            kept.close();
        } catch (IOException e) {
            LOGGER.warn("A posted message can't be removed from the temporary folder", e);
        }
    }
}
