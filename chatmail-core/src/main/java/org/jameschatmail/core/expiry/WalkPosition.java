package org.jameschatmail.core.expiry;

import java.time.Instant;
import java.util.List;

/**
 * Where a walk over all of something stands that takes a day: everything has a place, a number that is as good as random,
 * and the walk passes all of them between midnight and midnight (UTC), at an even speed. So the work is spread over the
 * day by itself, and goes on where it was after a restart. Immutable.
 *
 * @param day days since 1970
 * @param place 0 to {@link Long#MAX_VALUE}; what lies there and before was visited on this day
 */
public record WalkPosition(long day, long place) {
    /** Before the first place. */
    public static final long START = -1;

    private static final long DAY_MILLIS = 86_400_000;

    /**
     * Where a walk ought to be.
     *
     * @param offset milliseconds by which the day begins later than midnight, so that not all servers of the world are
     *     at the same place
     */
    public static WalkPosition at(Instant now, long offset) {
        long millis = now.toEpochMilli() - offset;
        long ofDay = Math.floorMod(millis, DAY_MILLIS);
        return new WalkPosition(
                Math.floorDiv(millis, DAY_MILLIS), (long) (Long.MAX_VALUE * ((double) ofDay / DAY_MILLIS)));
    }

    /**
     * The places that a walk visits from here to another position, in order. One that is late by more than a day visits
     * each place once: what it would have done twice is done by once.
     */
    public List<Stretch> to(WalkPosition target) {
        if (target.day < day || target.day == day && target.place <= place) {
            return List.of();
        }
        if (target.day == day) {
            return List.of(new Stretch(day, place, target.place));
        }
        long from = target.day == day + 1 ? Math.max(place, target.place) : target.place;
        Stretch rest = new Stretch(target.day - 1, from, Long.MAX_VALUE);
        Stretch begun = new Stretch(target.day, START, target.place);
        return rest.isEmpty() ? List.of(begun) : List.of(rest, begun);
    }

    /** By how much a walk is behind another position. */
    public long millisBehind(WalkPosition target) {
        double days = target.day - day + ((double) target.place - place) / Long.MAX_VALUE;
        return Math.max(0, Math.round(days * DAY_MILLIS));
    }

    /**
     * Places one after the other.
     *
     * @param day on which they are visited
     * @param after exclusive
     * @param upTo inclusive
     */
    public record Stretch(long day, long after, long upTo) {
        /** All places there are. */
        public static Stretch whole() {
            return new Stretch(0, START, Long.MAX_VALUE);
        }

        public boolean isEmpty() {
            return after >= upTo;
        }

        /** The position of a walk that has come so far. */
        public WalkPosition reached(long place) {
            return new WalkPosition(day, place);
        }
    }
}
