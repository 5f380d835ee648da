package org.jameschatmail.guice.delivery;

import com.google.common.collect.Lists;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.events.EventBus;
import org.jameschatmail.core.concurrent.WaitingThread;
import org.jameschatmail.core.metric.MessageLatencies;
import org.jameschatmail.guice.mailbox.Appended;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who wait for messages, on threads of its own, so that no sender waits for it. When so many are to be told
 * that the threads don't keep up, the senders do it themselves: it takes longer, and nobody is missed. Thread-safe.
 */
@Singleton
final class WakeUps {
    private static final Logger LOGGER = LoggerFactory.getLogger(WakeUps.class);
    private static final int THREADS = 4;
    private static final int MAX_WAITING = 10_000;

    private final EventBus events;
    private final MessageLatencies latencies;
    private final ExecutorService executor = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(MAX_WAITING),
            WaitingThread.factory("wake-ups"),
            new CallerRunsPolicy());

    @Inject
    WakeUps(EventBus events, MessageLatencies latencies) {
        this.events = events;
        this.latencies = latencies;
    }

    /**
     * For what a message became in each mailbox, once that is committed.
     *
     * @param received when its data ended, by {@link System#nanoTime()}
     */
    void dispatch(List<Appended> appended, long received) {
        int share = 1 + appended.size() / THREADS;
        for (List<Appended> part : Lists.partition(appended, share)) {
            executor.execute(() -> part.forEach(message -> dispatch(message, received)));
        }
    }

    private void dispatch(Appended message, long received) {
        try {
            events.dispatch(message.toEvent(), message.listeners()).block();
            latencies.notified().observe(System.nanoTime() - received);
        } catch (RuntimeException e) {
            LOGGER.error("A wake-up failed", e);
        }
    }
}
