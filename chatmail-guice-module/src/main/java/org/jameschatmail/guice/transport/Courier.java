package org.jameschatmail.guice.transport;

import java.io.IOException;
import org.jameschatmail.core.outgoing.Attempt;

/** Brings messages to other servers. Thread-safe. */
public interface Courier extends AutoCloseable {
    /**
     * Tries to deliver a message to all of its recipients, who are at one domain. Blocks while it does.
     *
     * @throws IOException when the message itself can't be read: nothing was heard from the other side
     */
    Attempt deliver(Letter letter) throws IOException;

    /** Breaks off what is under way, which then comes to nothing. */
    @Override
    void close();
}
