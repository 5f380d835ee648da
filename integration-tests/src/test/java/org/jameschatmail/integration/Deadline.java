package org.jameschatmail.integration;

import java.time.Duration;
import java.util.function.BooleanSupplier;

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
     * Waits on {@code monitor}, which the caller holds, until the condition is true; gives false when the deadline comes
     * first. The condition is looked at whenever the monitor is notified.
     *
     * @throws IllegalStateException when the thread is interrupted
     */
    public boolean await(Object monitor, BooleanSupplier condition) {
        try {
            while (!condition.getAsBoolean()) {
                long milliseconds = remaining().toMillis();
                if (milliseconds == 0) {
                    return false;
                }
                monitor.wait(milliseconds);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
