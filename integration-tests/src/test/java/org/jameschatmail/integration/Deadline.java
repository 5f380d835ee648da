package org.jameschatmail.integration;

import java.time.Duration;

/** A moment after which waiting is a failure. Measured on the monotonic clock; immutable. */
public record Deadline(long nanoTime) {
    public static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** The time that is left; zero once the deadline has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    public boolean hasPassed() {
        return remaining().isZero();
    }

    /**
     * Waits on {@code monitor}, which the caller holds, until it is notified or the deadline passes.
     *
     * @throws IllegalStateException when the thread is interrupted
     */
    public void await(Object monitor) {
        long milliseconds = remaining().toMillis();
        if (milliseconds == 0) {
            return;
        }
        try {
            monitor.wait(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
