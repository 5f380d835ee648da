package org.jameschatmail.guice.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The order of delivery of one queue, in memory: which mail is due when, and which is leased, that is, in somebody's
 * hands. A restart forgets the leases, so what wasn't acknowledged is delivered again.
 *
 * <p>At most {@code capacity} waiting mails are kept, the first ones. What lies beyond them, from the horizon on, is
 * in the table only and is read when the mails before it are gone. At the start the horizon lies before everything.
 *
 * <p>A mail that came back stands apart: its place here isn't the one in the table, so it is never forgotten before a
 * restart. Thread-safe; no method waits for anything.
 */
final class DeliverySchedule {
    /** How often a mail came back, for either reason. */
    record Returns(int retries, int rejections) {
        static final Returns NONE = new Returns(0, 0);
    }

    /** A reading of the table that was begun. */
    record Reading(Position from, int limit, long epoch) {}

    private final int capacity;
    private final TreeSet<Position> waiting = new TreeSet<>();
    private final TreeSet<Position> returned = new TreeSet<>();
    private final Map<String, Position> places = new HashMap<>();
    private final Map<String, Returns> returns = new HashMap<>();
    private final Set<String> leased = new HashSet<>();
    /** Offered beyond the horizon while the table is being read: the reading may have missed them. */
    private final List<Position> offeredMeanwhile = new ArrayList<>();

    private @Nullable Position horizon = Position.FIRST;
    private boolean reading;
    private long epoch;

    DeliverySchedule(int capacity) {
        this.capacity = capacity;
    }

    /** Takes up a mail whose row is committed. */
    synchronized void offer(Position position) {
        if (places.containsKey(position.id()) || leased.contains(position.id())) {
            return;
        }
        if (horizon != null && position.compareTo(horizon) >= 0) {
            if (reading) {
                offeredMeanwhile.add(position);
            }
            return;
        }
        place(waiting, position);
        if (waiting.size() > capacity) {
            Position last = waiting.last();
            displace(last.id());
            horizon = last;
            epoch++;
        }
    }

    /** Leases the mails that are due, in order, at most {@code limit}. */
    synchronized List<Position> take(long now, int limit) {
        List<Position> taken = new ArrayList<>();
        while (taken.size() < limit) {
            Position first = first();
            if (first == null || first.due() > now) {
                break;
            }
            displace(first.id());
            leased.add(first.id());
            taken.add(first);
        }
        return taken;
    }

    /** When the next mail is due, if one is known. */
    synchronized OptionalLong nextDue() {
        Position first = first();
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.due());
    }

    /** Gives a lease back untouched. */
    synchronized void putBack(Position position) {
        leased.remove(position.id());
        if (returns.containsKey(position.id())) {
            place(returned, position);
        } else {
            offer(position);
        }
    }

    synchronized Returns returnsOf(String id) {
        return returns.getOrDefault(id, Returns.NONE);
    }

    /** Ends a lease: the mail is to be delivered again. */
    synchronized void comeBack(Position position, Returns count) {
        if (leased.remove(position.id())) {
            returns.put(position.id(), count);
            place(returned, position);
        }
    }

    /** Ends a lease for good. */
    synchronized void finish(String id) {
        leased.remove(id);
        returns.remove(id);
    }

    /** Drops a mail that is about to be deleted; {@code false} when it is leased and should be left alone. */
    synchronized boolean withdraw(String id) {
        if (leased.contains(id)) {
            return false;
        }
        displace(id);
        returns.remove(id);
        return true;
    }

    /** Forgets all but the leases: the table changed and is to be read again. */
    synchronized void reset() {
        waiting.clear();
        returned.clear();
        places.clear();
        returns.keySet().retainAll(leased);
        horizon = Position.FIRST;
        epoch++;
    }

    /** Begins to read the table when nothing is left before the horizon. */
    synchronized Optional<Reading> beginReading() {
        if (horizon == null || !waiting.isEmpty()) {
            return Optional.empty();
        }
        reading = true;
        offeredMeanwhile.clear();
        return Optional.of(new Reading(horizon, capacity + 1, epoch));
    }

    /** Takes up what was read, or nothing if the schedule was turned over meanwhile. */
    synchronized void endReading(Reading begun, List<Position> positions) {
        reading = false;
        if (begun.epoch() == epoch) {
            boolean more = positions.size() == begun.limit();
            horizon = more ? positions.get(positions.size() - 1) : null;
            positions.forEach(this::offer);
            offeredMeanwhile.forEach(this::offer);
        }
        offeredMeanwhile.clear();
    }

    /** The table couldn't be read: all stays beyond the horizon. */
    synchronized void abandonReading() {
        reading = false;
        offeredMeanwhile.clear();
    }

    private @Nullable Position first() {
        if (waiting.isEmpty()) {
            return returned.isEmpty() ? null : returned.first();
        }
        if (returned.isEmpty() || waiting.first().compareTo(returned.first()) < 0) {
            return waiting.first();
        }
        return returned.first();
    }

    private void place(TreeSet<Position> set, Position position) {
        displace(position.id());
        set.add(position);
        places.put(position.id(), position);
    }

    private void displace(String id) {
        Position position = places.remove(id);
        if (position != null) {
            waiting.remove(position);
            returned.remove(position);
        }
    }
}
