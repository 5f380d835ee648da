package org.jameschatmail.core.push;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a notification that failed is tried again: 8, 64, 512 and 4096 seconds after the failure before, and never once
 * it is five hours old. Whoever slept through that time looks into the mailbox anyhow.
 */
public final class RetrySchedule {
    /** A notification of this age is of no use any more. */
    public static final Duration LIFETIME = Duration.ofHours(5);

    private static final List<Duration> DELAYS =
            List.of(Duration.ofSeconds(8), Duration.ofSeconds(64), Duration.ofSeconds(512), Duration.ofSeconds(4096));

    private RetrySchedule() {}

    /**
     * When to try again.
     *
     * @param failures how many tries have failed, 1 or more
     * @param queued when the notification was queued
     * @return nothing when it is to be given up
     */
    public static Optional<Instant> next(int failures, Instant queued, Instant now) {
        if (failures > DELAYS.size()) {
            return Optional.empty();
        }
        return Optional.of(now.plus(DELAYS.get(failures - 1))).filter(next -> !isOver(queued, next));
    }

    /** Whether a notification is too old to be sent. */
    public static boolean isOver(Instant queued, Instant now) {
        return !now.isBefore(queued.plus(LIFETIME));
    }

    /** The shortest wait between two tries. */
    public static Duration shortest() {
        return DELAYS.get(0);
    }
}
