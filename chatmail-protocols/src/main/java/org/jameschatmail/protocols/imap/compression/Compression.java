package org.jameschatmail.protocols.imap.compression;

import java.util.Optional;
import org.apache.james.imap.api.process.ImapSession;

/** The deflate switch of one connection, found as an attribute of its session. Thread-safe. */
public interface Compression {
    /** Whether both directions are compressed. */
    boolean isActive();

    /**
     * Compresses both directions after an announcement, on the connection's event loop.
     *
     * @param announce writes and flushes the last reply that is not compressed
     * @param started runs once the switch is made
     */
    void start(Runnable announce, Runnable started);

    /** Empty when the listener offers none. */
    static Optional<Compression> of(ImapSession session) {
        return session.isCompressionSupported()
                        && session.getAttribute(Compression.class.getName()) instanceof Compression compression
                ? Optional.of(compression)
                : Optional.empty();
    }

    /** Makes this the switch of the session. */
    default void attachTo(ImapSession session) {
        session.setAttribute(Compression.class.getName(), this);
    }
}
