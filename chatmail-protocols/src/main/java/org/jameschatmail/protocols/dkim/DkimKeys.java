package org.jameschatmail.protocols.dkim;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of other domains, remembered as long as their records live, but at least {@code SHORTEST} and at most
 * {@code LONGEST}; what is missing or unavailable is asked for anew each time. Holds at most {@value #MAX_ENTRIES},
 * and lets go of the one used least lately. Thread-safe.
 */
final class DkimKeys {
    static final int MAX_ENTRIES = 2000;
    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofDays(1);

    /** Where keys come from; blocks. */
    @FunctionalInterface
    interface Source {
        KeyAnswer lookUp(String keyName, Deadline deadline);
    }

    private record Entry(KeyAnswer.Found found, Instant expiry) {}

    private final Source source;
    private final Clock clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);

    DkimKeys(Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** The key if it is remembered. Never blocks. */
    synchronized Optional<KeyAnswer.Found> remembered(String keyName) {
        Entry entry = entries.get(keyName);
        if (entry == null) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(entry.expiry())) {
            entries.remove(keyName);
            return Optional.empty();
        }
        return Optional.of(entry.found());
    }

    /** Asks DNS, whatever is remembered, and remembers what it finds. Blocks until the deadline at most. */
    KeyAnswer lookUp(String keyName, Deadline deadline) {
        KeyAnswer answer = source.lookUp(keyName, deadline);
        if (answer instanceof KeyAnswer.Found found) {
            remember(keyName, found);
        }
        return answer;
    }

    /** To be called when a signature fails with a key: the domain may have got a new one. */
    synchronized void forget(String keyName) {
        entries.remove(keyName);
    }

    private synchronized void remember(String keyName, KeyAnswer.Found found) {
        Duration life = found.timeToLive();
        if (life.compareTo(SHORTEST) < 0) {
            life = SHORTEST;
        } else if (life.compareTo(LONGEST) > 0) {
            life = LONGEST;
        }
        entries.put(keyName, new Entry(found, clock.instant().plus(life)));
        if (entries.size() > MAX_ENTRIES) {
            entries.remove(entries.keySet().iterator().next());
        }
    }
}
