package org.jameschatmail.protocols.imap;

import org.apache.james.imap.api.process.ImapSession;

/**
 * Holds back the next command of a connection longer than the one that is carried out: an IDLE has been carried out as
 * soon as it waits, and yet nothing may come before the reply to its DONE. Found as an attribute of the session.
 * Thread-safe.
 */
public interface NextCommand {
    /** Holds it back, until a {@link #release} for each call. */
    void withhold();

    /** Takes back one {@link #withhold}. */
    void release();

    /** Makes this the one of the session. */
    default void attachTo(ImapSession session) {
        session.setAttribute(NextCommand.class.getName(), this);
    }

    /** That of the session; one that does nothing where the listener is not ours. */
    static NextCommand of(ImapSession session) {
        return session.getAttribute(NextCommand.class.getName()) instanceof NextCommand next ? next : Unheld.INSTANCE;
    }

    /** Of a listener that has no such thing. */
    enum Unheld implements NextCommand {
        INSTANCE;

        @Override
        public void withhold() {}

        @Override
        public void release() {}
    }
}
