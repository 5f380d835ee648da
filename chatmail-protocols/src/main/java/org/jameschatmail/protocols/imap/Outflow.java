package org.jameschatmail.protocols.imap;

import org.apache.james.imap.api.process.ImapSession;
import reactor.core.publisher.Mono;

/**
 * What has been written to a connection and not yet been taken by its client. Found as an attribute of the session.
 * Thread-safe.
 */
public interface Outflow {
    /**
     * Completes as soon as no more than a small window is waiting for the client, and fails with a
     * {@link java.nio.channels.ClosedChannelException} when the client is gone. Whoever writes much asks before each
     * part of it.
     */
    Mono<Void> room();

    /** Makes this the one of the session. */
    default void attachTo(ImapSession session) {
        session.setAttribute(Outflow.class.getName(), this);
    }

    /** That of the session; one that always has room where the listener is not ours. */
    static Outflow of(ImapSession session) {
        return session.getAttribute(Outflow.class.getName()) instanceof Outflow outflow ? outflow : Mono::empty;
    }
}
