package org.jameschatmail.core.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Notices threads that stand still: each is given a task that does nothing, and the next one when it has done that. Thread-safe.
 *
 * @param <T> runs what it is given in turn, on one thread
 */
public final class TickWatch<T extends Executor> {
    private final Duration patience;
    /** Since when a task waits, by {@link System#nanoTime()}. */
    private final Map<T, Long> waiting = new ConcurrentHashMap<>();

    /** @param patience after which a thread counts as standing still */
    public TickWatch(Duration patience) {
        this.patience = patience;
    }

    /**
     * Asks all again that have answered.
     *
     * @param now {@link System#nanoTime()}
     */
    public void tick(Iterable<T> threads, long now) {
        for (T thread : threads) {
            if (waiting.putIfAbsent(thread, now) == null) {
                try {
                    thread.execute(() -> waiting.remove(thread));
                } catch (RejectedExecutionException ended) {
                    waiting.remove(thread);
                }
            }
        }
    }

    /** Whether one hasn't answered for so long. */
    public boolean isStalled(long now) {
        return waiting.values().stream().anyMatch(since -> now - since > patience.toNanos());
    }
}
