package org.jameschatmail.core.outgoing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a delivery that failed for now is tried again: after {@code first}, then after twice that, and so on up to four
 * hours, each wait longer by up to a quarter, so that what failed together isn't tried together. The last try is at the
 * end of the lifetime. Immutable.
 *
 * <pre>{@code new RetrySchedule(Duration.ofSeconds(60), Duration.ofDays(2))   // 60 s, 2 min, 4 min, ... 4 h, 4 h}</pre>
 *
 * @param first before the first retry, above zero
 * @param lifetime after which a delivery is given up
 */
public record RetrySchedule(Duration first, Duration lifetime) {
    private static final Duration LONGEST = Duration.ofHours(4);
    private static final double JITTER = 0.25;
    private static final int MAX_DOUBLINGS = 30;

    /**
     * When to try again.
     *
     * @param failures how many tries have failed, 1 or more
     * @param queued when the message was accepted
     * @param chance from 0 to 1
     * @return nothing when it is to be given up
     */
    public Optional<Instant> next(int failures, Instant queued, Instant now, double chance) {
        if (isOver(queued, now)) {
            return Optional.empty();
        }
        Instant next = now.plus(pause(failures, chance));
        Instant end = end(queued);
        return Optional.of(next.isAfter(end) ? end : next);
    }

    /** The wait after so many failures in a row, 1 or more. */
    public Duration pause(int failures, double chance) {
        double doubled = first.toMillis() * Math.pow(2, Math.min(failures - 1, MAX_DOUBLINGS));
        double longest = Math.max(LONGEST.toMillis(), first.toMillis());
        return Duration.ofMillis((long) (Math.min(doubled, longest) * (1 + JITTER * chance)));
    }

    /** Whether a message is too old to be tried again. */
    public boolean isOver(Instant queued, Instant now) {
        return !now.isBefore(end(queued));
    }

    /** When a message that was accepted then is given up. */
    public Instant end(Instant queued) {
        return queued.plus(lifetime);
    }
}
