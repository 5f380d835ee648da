package org.jameschatmail.protocols.imap.selection;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.james.mailbox.MessageUid;

/**
 * A set of UIDs that takes the memory of its runs, not of its members: what arrives while a session idles for days follows
 * one another. Not thread-safe.
 */
final class UidRuns {
    /** The last UID of a run by its first one; between two runs at least one UID is missing. */
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    private int size;

    boolean contains(MessageUid uid) {
        return contains(uid.asLong());
    }

    private boolean contains(long uid) {
        Map.Entry<Long, Long> run = ends.floorEntry(uid);
        return run != null && uid <= run.getValue();
    }

    /** Whether it wasn't there before. */
    boolean add(MessageUid added) {
        long uid = added.asLong();
        if (contains(uid)) {
            return false;
        }
        Map.Entry<Long, Long> before = ends.floorEntry(uid);
        long first = before != null && before.getValue() == uid - 1 ? before.getKey() : uid;
        Long endOfNext = ends.remove(uid + 1);
        ends.put(first, endOfNext == null ? uid : endOfNext);
        size++;
        return true;
    }

    /** Whether it was there. */
    boolean remove(MessageUid removed) {
        long uid = removed.asLong();
        Map.Entry<Long, Long> run = ends.floorEntry(uid);
        if (run == null || uid > run.getValue()) {
            return false;
        }
        long first = run.getKey();
        long last = run.getValue();
        if (first == uid) {
            ends.remove(first);
        } else {
            ends.put(first, uid - 1);
        }
        if (last > uid) {
            ends.put(uid + 1, last);
        }
        size--;
        return true;
    }

    int size() {
        return size;
    }

    int runs() {
        return ends.size();
    }

    /** All members, the lowest first. */
    Stream<MessageUid> stream() {
        return ends.entrySet().stream()
                .flatMapToLong(run -> LongStream.rangeClosed(run.getKey(), run.getValue()))
                .mapToObj(MessageUid::of);
    }
}
