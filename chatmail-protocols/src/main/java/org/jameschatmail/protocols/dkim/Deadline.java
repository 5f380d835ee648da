package org.jameschatmail.protocols.dkim;

import java.time.Duration;

/** How long a message may still wait for DNS, by the clock that no one sets. Immutable. */
record Deadline(long nanoTime) {
    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** Never negative. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }
}
