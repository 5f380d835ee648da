package org.jameschatmail.core.acme;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How soon a failed order is tried again: later each time, with jitter, so that an authority hears from us less often
 * than it takes offense at. Let's Encrypt takes five failed validations of a name in an hour.
 */
public enum RetryPace {
    /** The authority couldn't be reached, or had trouble of its own. */
    UNREACHABLE(Duration.ofMinutes(1), Duration.ofHours(2)),
    /** It looked and said no. */
    REFUSED(Duration.ofMinutes(30), Duration.ofHours(12));

    private static final int MOST_DOUBLINGS = 12;
    private static final double LEAST = 0.8;
    private static final double JITTER = 0.4;

    private final Duration first;
    private final Duration longest;

    RetryPace(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /**
     * The time to wait, between four fifths and six fifths of what is due.
     *
     * @param failures in a row, at least 1
     */
    public Duration after(int failures, RandomGenerator random) {
        int doublings = Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS);
        Duration due = first.multipliedBy(1L << doublings);
        Duration bounded = due.compareTo(longest) > 0 ? longest : due;
        return Duration.ofMillis((long) (bounded.toMillis() * (LEAST + JITTER * random.nextDouble())));
    }
}
