package org.jameschatmail.guice.queue;

import java.util.Comparator;

/**
 * The place of a mail in the order of delivery: by due time, then by id.
 *
 * @param due microseconds since 1970
 * @param id the key of the row
 */
record Position(long due, String id) implements Comparable<Position> {
    static final Position FIRST = new Position(Long.MIN_VALUE, "");

    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::due).thenComparing(Position::id);

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
