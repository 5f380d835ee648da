package org.jameschatmail.protocols.imap.frame;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the commands of all connections together may hold while they arrive and are carried out. What a
 * command holds below {@link #FREE} octets isn't counted, so that a login gets through whatever others do.
 * Thread-safe.
 */
public final class CommandMemory {
    /** Octets of a command that cost nothing. */
    static final int FREE = 8192;

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    /**
     * @param limit in octets
     */
    public CommandMemory(long limit) {
        this.limit = limit;
    }

    /** Takes so many octets, or none and answers false. */
    boolean take(long octets) {
        if (held.addAndGet(octets) > limit) {
            held.addAndGet(-octets);
            return false;
        }
        return true;
    }

    void giveBack(long octets) {
        held.addAndGet(-octets);
    }

    /** Whether a message of so many octets would be accepted now. */
    boolean hasRoomFor(long octets) {
        return held.get() + octets <= limit;
    }

    /** How many octets are held now. */
    public long held() {
        return held.get();
    }
}
