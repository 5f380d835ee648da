package org.jameschatmail.guice.push;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A key for times that begins anew: steps of four seconds, numbered from 0 on, and after nine hours from 0 again. An index
 * on the time itself would grow at one end and shrink at the other, and Derby keeps the emptied pages of such an index.
 */
final class DueSlot {
    private static final long STEP_MILLIS = 4000;
    private static final int COUNT = 8192;
    private static final Duration PAST = Duration.ofHours(6);
    private static final Duration FUTURE = Duration.ofHours(2);

    private DueSlot() {}

    static int of(long millis) {
        return (int) Math.floorMod(Math.floorDiv(millis, STEP_MILLIS), (long) COUNT);
    }

    /** Slots one after the other, both ends included. */
    record Slots(int first, int last) {}

    /** The slots of what became due within the last six hours, in the order of time. */
    static List<Slots> past(Instant now) {
        return between(now.minus(PAST).toEpochMilli(), now.toEpochMilli());
    }

    /** The slots of what becomes due within two hours, in the order of time. */
    static List<Slots> future(Instant now) {
        return between(now.toEpochMilli(), now.plus(FUTURE).toEpochMilli());
    }

    /** Before this nothing is found by {@link #past}. */
    static Instant horizon(Instant now) {
        return now.minus(PAST).plusMillis(STEP_MILLIS);
    }

    private static List<Slots> between(long from, long to) {
        int first = of(from);
        int last = of(to);
        return first <= last
                ? List.of(new Slots(first, last))
                : List.of(new Slots(first, COUNT - 1), new Slots(0, last));
    }
}
