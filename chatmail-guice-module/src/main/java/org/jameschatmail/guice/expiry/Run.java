package org.jameschatmail.guice.expiry;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jameschatmail.core.expiry.Pace;
import org.jameschatmail.guice.mailbox.Removed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the expiry: what it may do, how fast, and what it has done. One thread works on it, any may look at it or
 * cancel it.
 */
final class Run {
    /** Whether anything is removed. */
    enum Mode {
        REMOVE,
        COUNT_ONLY
    }

    /** What waits between two pieces of work. */
    @FunctionalInterface
    interface Pause {
        /** @return {@code true} as soon as the run is cancelled */
        boolean await(CountDownLatch cancelled, Duration duration) throws InterruptedException;

        Pause REAL = (cancelled, duration) -> cancelled.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        Pause NONE = (cancelled, duration) -> cancelled.getCount() == 0;
    }

    /** The run was cancelled between two pieces of work. */
    static final class CancelledException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** A piece of work; gives how many rows it has changed. */
    @FunctionalInterface
    interface Piece {
        long rows() throws Exception;
    }

    /** A visit to something. */
    @FunctionalInterface
    interface Visit {
        void run() throws Exception;
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(Run.class);
    private static final int MOST_FAILURES_IN_SEQUENCE = 10;

    private final Mode mode;
    private final Pace pace;
    private final Pause pause;
    private final ExpiryCounters counters;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final LongAdder messages = new LongAdder();
    private final LongAdder octets = new LongAdder();
    private final LongAdder accounts = new LongAdder();
    private final LongAdder others = new LongAdder();
    private final LongAdder mailboxesVisited = new LongAdder();
    private final LongAdder accountsVisited = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private int failuresInSequence;
    private final LongAdder nanos = new LongAdder();

    Run(Mode mode, Pace pace, Pause pause, ExpiryCounters counters) {
        this.mode = mode;
        this.pace = pace;
        this.pause = pause;
        this.counters = counters;
    }

    boolean removes() {
        return mode == Mode.REMOVE;
    }

    void cancel() {
        cancelled.countDown();
    }

    boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /** Works, and then leaves time to others. */
    void work(Piece piece) throws Exception {
        long start = System.nanoTime();
        long rows = piece.rows();
        long took = System.nanoTime() - start;
        nanos.add(took);
        if (pause.await(cancelled, pace.pauseAfter(Duration.ofNanos(took), rows))) {
            throw new CancelledException();
        }
    }

    /** One of many visits: when it fails, the others take place all the same, unless all of them fail. */
    void visit(Visit visit) throws Exception {
        try {
            visit.run();
            failuresInSequence = 0;
        } catch (CancelledException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOGGER.debug("A visit of the expiry failed", e);
            failures.increment();
            if (++failuresInSequence == MOST_FAILURES_IN_SEQUENCE) {
                failuresInSequence = 0;
                throw e;
            }
        }
    }

    /** Notes what went; gives the number of messages. */
    long removed(Removed removed) {
        messages.add(removed.messages());
        octets.add(removed.octets());
        if (removes()) {
            counters.removed(removed.messages(), removed.octets());
        }
        return removed.messages();
    }

    void removedAccount() {
        accounts.increment();
        if (removes()) {
            counters.removedAccount();
        }
    }

    void removedOthers(long count) {
        others.add(count);
    }

    void visitedMailbox() {
        mailboxesVisited.increment();
    }

    void visitedAccount() {
        accountsVisited.increment();
    }

    ExpiryReport report() {
        return new ExpiryReport(
                messages.sum(),
                octets.sum(),
                accounts.sum(),
                others.sum(),
                mailboxesVisited.sum(),
                accountsVisited.sum(),
                failures.sum(),
                Duration.ofNanos(nanos.sum()));
    }
}
