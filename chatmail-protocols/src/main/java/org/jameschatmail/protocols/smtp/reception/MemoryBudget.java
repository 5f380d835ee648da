package org.jameschatmail.protocols.smtp.reception;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of arriving messages all connections together may hold in memory. Thread-safe. */
final class MemoryBudget {
    /** For the messages of all connections, each of which is in memory up to {@link MessageContent#MAX_IN_MEMORY}. */
    static final MemoryBudget SHARED = new MemoryBudget(Runtime.getRuntime().maxMemory() / 8);

    private final long max;
    private final AtomicLong reserved = new AtomicLong();

    /** @param max in bytes */
    MemoryBudget(long max) {
        this.max = max;
    }

    /** Reserves so many bytes, or none and gives false. */
    boolean reserve(long bytes) {
        if (reserved.addAndGet(bytes) <= max) {
            return true;
        }
        release(bytes);
        return false;
    }

    void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    long reserved() {
        return reserved.get();
    }
}
