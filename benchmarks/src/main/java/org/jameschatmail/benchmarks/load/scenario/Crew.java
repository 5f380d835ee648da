package org.jameschatmail.benchmarks.load.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that work at something together; the first failure of one ends the work of all. For use by one thread. */
final class Crew implements AutoCloseable {
    private final ExecutorService threads;
    private final CompletionService<Object> finished;
    private final List<Future<Object>> started = new ArrayList<>();

    private Crew(ExecutorService threads) {
        this.threads = threads;
        this.finished = new ExecutorCompletionService<>(threads);
    }

    /** As many threads as there is work. */
    static Crew unbounded() {
        return new Crew(Executors.newCachedThreadPool());
    }

    static Crew of(int threads) {
        return new Crew(Executors.newFixedThreadPool(threads));
    }

    /** Lets so many threads do the work for each of the items, and returns the results in the order of the items. */
    static <T, R> List<R> each(int threads, List<T> items, Work<T, R> work) throws IOException, InterruptedException {
        try (Crew crew = of(threads)) {
            List<R> results = new ArrayList<>();
            items.forEach(item -> results.add(null));
            for (int index = 0; index < items.size(); index++) {
                int place = index;
                crew.start(() -> {
                    R result = work.on(items.get(place));
                    synchronized (results) {
                        results.set(place, result);
                    }
                    return place;
                });
            }
            crew.await();
            return results;
        }
    }

    /** What is done with one item. */
    interface Work<T, R> {
        R on(T item) throws IOException, InterruptedException;
    }

    void start(Callable<Object> work) {
        started.add(finished.submit(work));
    }

    /** Waits until all that was started has ended. */
    void await() throws IOException, InterruptedException {
        for (int left = started.size(); left > 0; left--) {
            try {
                finished.take().get();
            } catch (ExecutionException e) {
                throw new IOException("a worker failed: " + e.getCause(), e);
            }
        }
        started.clear();
    }

    /** Doesn't wait: what still reads ends with its connection. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
