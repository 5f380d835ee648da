package org.jameschatmail.core.expiry;

import java.time.Duration;

/**
 * How long to pause after a piece of work, so that others come first: work takes a fixed part of the time at most, so a
 * store that is busy, where each piece takes longer, is left alone for longer; and there is an upper bound beside.
 * Immutable.
 *
 * <p>With 500 a second, a piece of 100 rows that took 10 ms is followed by 190 ms; one that took 80 ms by 320 ms.
 *
 * @param perSecond rows a second at most
 */
public record Pace(int perSecond) {
    /** Pauses are so many times as long as the work before them. */
    private static final int SHARE = 4;

    /** Nobody waits longer for a single piece; an hour would be a bug of the clock. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    public Pace {
        if (perSecond < 1) {
            throw new IllegalArgumentException("at least one row a second: " + perSecond);
        }
    }

    /**
     * @param work the time that the piece took
     * @param rows how many rows it has changed
     */
    public Duration pauseAfter(Duration work, long rows) {
        Duration forOthers = work.multipliedBy(SHARE);
        Duration forTheRate =
                Duration.ofNanos(1_000_000_000L / perSecond * rows).minus(work);
        Duration pause = forOthers.compareTo(forTheRate) > 0 ? forOthers : forTheRate;
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
