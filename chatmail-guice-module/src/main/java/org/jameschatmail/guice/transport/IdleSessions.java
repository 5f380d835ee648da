package org.jameschatmail.guice.transport;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Conversations that wait for another message to the same host: at most {@value #MAX_A_HOST} a host and {@value #MAX} in
 * all, for half a minute. Thread-safe.
 *
 * @param <S> closing one doesn't wait for the other side
 */
final class IdleSessions<S extends AutoCloseable> {
    static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MAX_A_HOST = 4;
    private static final int MAX = 64;

    private record Idle<S>(S session, long since) {}

    private final LongSupplier nanoTime;
    private final Map<String, Deque<Idle<S>>> hosts = new HashMap<>();
    private int count;
    private boolean closed;

    IdleSessions(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The one that was used last, taken out. */
    synchronized Optional<S> take(String host) {
        Deque<Idle<S>> idle = hosts.get(host);
        if (idle == null) {
            return Optional.empty();
        }
        S session = idle.removeLast().session();
        count--;
        if (idle.isEmpty()) {
            hosts.remove(host);
        }
        return Optional.of(session);
    }

    /** Keeps one, or closes it where there are enough. */
    void put(String host, S session) {
        if (!keep(host, session)) {
            close(session);
        }
    }

    private synchronized boolean keep(String host, S session) {
        Deque<Idle<S>> idle = hosts.computeIfAbsent(host, absent -> new ArrayDeque<>());
        if (closed || idle.size() == MAX_A_HOST || count == MAX) {
            if (idle.isEmpty()) {
                hosts.remove(host);
            }
            return false;
        }
        idle.addLast(new Idle<>(session, nanoTime.getAsLong()));
        count++;
        return true;
    }

    /** Closes those whose time is over. */
    void closeOld() {
        expired(nanoTime.getAsLong() - LONGEST.toNanos()).forEach(IdleSessions::close);
    }

    private synchronized List<S> expired(long before) {
        List<S> expired = new ArrayList<>();
        for (Iterator<Deque<Idle<S>>> all = hosts.values().iterator(); all.hasNext(); ) {
            Deque<Idle<S>> idle = all.next();
            while (!idle.isEmpty() && idle.getFirst().since() - before <= 0) {
                expired.add(idle.removeFirst().session());
                count--;
            }
            if (idle.isEmpty()) {
                all.remove();
            }
        }
        return expired;
    }

    /** Closes all there are and all that come. */
    void closeAll() {
        synchronized (this) {
            closed = true;
        }
        expired(nanoTime.getAsLong() + 1).forEach(IdleSessions::close);
    }

    private static void close(AutoCloseable session) {
        try {
            session.close();
        } catch (Exception e) {
            // It is of no use any more either way.
        }
    }
}
