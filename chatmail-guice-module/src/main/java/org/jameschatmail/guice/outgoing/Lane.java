package org.jameschatmail.guice.outgoing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jameschatmail.core.outgoing.Diagnosis;
import org.jameschatmail.core.outgoing.RetrySchedule;
import org.jameschatmail.guice.outgoing.OutgoingItem.Place;
import org.jspecify.annotations.Nullable;

/**
 * The messages to one domain: which come next, how many are in work, and whether the domain answers. At most
 * {@code capacity} waiting ones are in memory, the first; the rest is in the table only, from the horizon on, and is read
 * when these are gone. For use by one thread.
 */
final class Lane {
    /** How much of the threads a domain may compete for. */
    enum Standing {
        /** Has taken a message lately, and quickly. */
        PROVEN,
        /** Nobody knows yet, or it is slow. */
        FRESH,
        /** The last that was heard of it is a failure. */
        FAILING
    }

    private static final int CONCURRENCY = 4;
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final Comparator<Place> BY_DUE =
            Comparator.comparing(Place::due).thenComparing(Place::id);

    private final String domain;
    private final int capacity;
    private final TreeSet<Place> waiting = new TreeSet<>(BY_DUE);
    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> inWork = new HashSet<>();
    /** The first place that may be in the table only; nothing when all are in memory. */
    private @Nullable Instant horizon;

    private boolean reading;
    private boolean readAgain;
    private final Set<String> touchedMeanwhile = new HashSet<>();
    private final List<Place> offeredMeanwhile = new ArrayList<>();

    private boolean proven;
    private boolean slow;
    private int failures;
    private Instant pausedUntil = Instant.MIN;
    private @Nullable Diagnosis trouble;

    Lane(String domain, int capacity, boolean proven) {
        this.domain = domain;
        this.capacity = capacity;
        this.proven = proven;
    }

    String domain() {
        return domain;
    }

    /** Takes up a message whose row is committed. */
    void offer(Place place) {
        if (reading) {
            touchedMeanwhile.add(place.id());
            offeredMeanwhile.add(place);
        }
        if (places.containsKey(place.id()) || inWork.contains(place.id())) {
            return;
        }
        if (horizon != null && !place.due().isBefore(horizon)) {
            return;
        }
        waiting.add(place);
        places.put(place.id(), place);
        if (waiting.size() > capacity) {
            Place last = waiting.last();
            waiting.remove(last);
            places.remove(last.id());
            horizon = last.due();
        }
    }

    /** When the next message may be tried; nothing when none is known or enough are in work. */
    Optional<Instant> nextTurn() {
        if (waiting.isEmpty() || inWork.size() >= concurrency()) {
            return Optional.empty();
        }
        Instant due = waiting.first().due();
        return Optional.of(due.isAfter(pausedUntil) ? due : pausedUntil);
    }

    /** One that answers gets several at once; one that doesn't gets a single one that tries it. */
    private int concurrency() {
        return standing() == Standing.PROVEN ? CONCURRENCY : 1;
    }

    /** Takes the next message into work; only when {@link #nextTurn} has come. */
    Place take() {
        Place place = waiting.first();
        waiting.remove(place);
        places.remove(place.id());
        inWork.add(place.id());
        return place;
    }

    /** Notes what came of a message that was in work. */
    void settle(
            Place taken, Delivery.Report report, Duration took, RetrySchedule schedule, Instant now, double chance) {
        release(taken);
        report.again().ifPresent(this::offer);
        slow = took.compareTo(SLOW) > 0;
        if (report.unreached().isEmpty()) {
            proven = true;
            failures = 0;
            pausedUntil = Instant.MIN;
            trouble = null;
            return;
        }
        trouble = report.unreached().get();
        // Those that were in work already when the pause began don't make it longer.
        if (now.isBefore(pausedUntil)) {
            return;
        }
        failures++;
        Instant next = now.plus(schedule.pause(failures, chance));
        Instant end = report.firstEnd().orElse(next);
        pausedUntil = end.isBefore(next) && end.isAfter(now) ? end : next;
    }

    /** Our own store failed: the message is tried again after a pause of the whole lane, and then after the others. */
    void putBack(Place taken, Instant until) {
        release(taken);
        offer(new Place(taken.domain(), taken.id(), until));
        pausedUntil = until;
    }

    private void release(Place taken) {
        inWork.remove(taken.id());
        if (reading) {
            touchedMeanwhile.add(taken.id());
        }
    }

    /** Whether the table is to be read, which then has begun. */
    boolean beginReading() {
        if (reading || horizon == null || !waiting.isEmpty()) {
            return false;
        }
        reading = true;
        return true;
    }

    /** How many rows a reading wants: those in work are among the first. */
    int readingLimit() {
        return capacity + inWork.size();
    }

    /** @param read the first rows, at most {@code limit} */
    void endReading(List<Place> read, int limit) {
        reading = false;
        horizon = read.size() < limit ? null : read.get(read.size() - 1).due();
        // Rows of one moment may lie on both sides of the limit: these are taken without regard to the horizon.
        Instant beyond = horizon;
        horizon = null;
        read.stream().filter(place -> !touchedMeanwhile.contains(place.id())).forEach(this::offer);
        if (horizon == null) {
            horizon = beyond;
        }
        offeredMeanwhile.forEach(this::offer);
        touchedMeanwhile.clear();
        offeredMeanwhile.clear();
        if (readAgain) {
            reset();
        }
    }

    /** The table couldn't be read: it is tried again when the pause is over. */
    void abandonReading() {
        reading = false;
        touchedMeanwhile.clear();
        offeredMeanwhile.clear();
    }

    /** Forgets what is waiting and every pause: the table is to be read again. */
    void reset() {
        waiting.clear();
        places.clear();
        horizon = Instant.MIN;
        pausedUntil = Instant.MIN;
        readAgain = reading;
    }

    /** Whether nothing is left to do. */
    boolean isIdle() {
        return waiting.isEmpty() && inWork.isEmpty() && horizon == null && !reading;
    }

    Standing standing() {
        if (failures > 0) {
            return Standing.FAILING;
        }
        return proven && !slow ? Standing.PROVEN : Standing.FRESH;
    }

    /** Why the domain can't be reached, as far as that is the last that was heard. */
    Optional<Diagnosis> trouble() {
        return Optional.ofNullable(trouble);
    }

    Instant pausedUntil() {
        return pausedUntil;
    }
}
