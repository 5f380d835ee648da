package org.jameschatmail.guice.queue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueueName;
import org.jameschatmail.guice.queue.DeliverySchedule.Reading;
import org.jameschatmail.guice.queue.QueueStore.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a queue that hands mail to its readers. It sleeps until it is woken (by new mail, by a reader's
 * demand, by a mail that comes back) or the next mail is due, and asks the database only for mail it is about to hand
 * out. Trouble with the database is waited out, from a tenth of a second up to half a minute between two tries.
 */
final class Dispatcher {
    private static final Logger LOGGER = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int LARGEST_DOUBLING = 10;
    /** A clock that was set is noticed after this time. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(10);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
    private static final int LARGEST_BATCH = 16;

    /** Makes what a reader gets of a row. */
    @FunctionalInterface
    interface ItemReader {
        MailQueueItem read(StoredItem row) throws MessagingException;
    }

    private final QueueStore store;
    private final DeliverySchedule schedule;
    private final MicrosecondClock clock;
    private final ItemReader reader;
    private final int batch;
    private final ScheduledThreadPoolExecutor thread;
    private final CopyOnWriteArrayList<DequeueSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private @Nullable ScheduledFuture<?> alarm;
    private int failures;
    private int turn;
    private volatile boolean closed;

    Dispatcher(
            MailQueueName name,
            QueueStore store,
            DeliverySchedule schedule,
            MicrosecondClock clock,
            int prefetch,
            ItemReader reader) {
        this.store = store;
        this.schedule = schedule;
        this.clock = clock;
        this.reader = reader;
        this.batch = Math.max(1, Math.min(prefetch, LARGEST_BATCH));
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread created = new Thread(task, "mail-queue-" + name.asString());
                    created.setDaemon(true);
                    return created;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        this.thread.setRemoveOnCancelPolicy(true);
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void add(DequeueSubscription subscription) {
        subscriptions.add(subscription);
        if (subscription.isCancelled()) {
            subscriptions.remove(subscription);
        } else if (closed && subscriptions.remove(subscription)) {
            subscription.complete();
        } else {
            wakeUp();
        }
    }

    void remove(DequeueSubscription subscription) {
        subscriptions.remove(subscription);
    }

    void fail(DequeueSubscription subscription, Throwable cause) {
        subscriptions.remove(subscription);
        thread.execute(() -> subscription.fail(cause));
    }

    /** Has the thread look again. Costs nothing when it is about to. */
    void wakeUp() {
        if (woken.compareAndSet(false, true)) {
            thread.execute(this::run);
        }
    }

    /** Ends the readers and the thread. Mail in the hands of readers may still be acknowledged. */
    void close() {
        closed = true;
        thread.execute(() -> subscriptions.removeIf(subscription -> {
            subscription.complete();
            return true;
        }));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("CatchThrowable") // An error that ended this loop would end the queue.
    private void run() {
        woken.set(false);
        try {
            while (!closed && handOut()) {
                failures = 0;
            }
        } catch (Throwable e) {
            Duration pause = pauseAfter(failures++);
            // The text of an SQL exception may quote what was to be written.
            LOGGER.warn("The mail queue pauses for {} because of {}", pause, describe(e));
            LOGGER.debug("Cause of the pause", e);
            wakeUpIn(pause);
        }
    }

    /** Hands out one batch; {@code false} when there is nothing to do until somebody wakes the thread. */
    private boolean handOut() throws SQLException {
        Optional<DequeueSubscription> hungry = nextHungry();
        if (hungry.isEmpty()) {
            return false;
        }
        readTableIfNeeded();
        List<Position> due =
                schedule.take(clock.now(), (int) Math.min(batch, hungry.get().demand()));
        if (due.isEmpty()) {
            sleepUntilDue();
            return false;
        }
        handOut(due, hungry.get());
        return true;
    }

    private void readTableIfNeeded() throws SQLException {
        Optional<Reading> reading = schedule.beginReading();
        if (reading.isEmpty()) {
            return;
        }
        try {
            Reading begun = reading.get();
            schedule.endReading(begun, store.positionsFrom(begun.from(), begun.limit()));
        } catch (SQLException | RuntimeException e) {
            schedule.abandonReading();
            throw e;
        }
    }

    private Optional<DequeueSubscription> nextHungry() {
        List<DequeueSubscription> all = List.copyOf(subscriptions);
        for (int i = 0; i < all.size(); i++) {
            DequeueSubscription candidate = all.get(Math.floorMod(turn++, all.size()));
            if (candidate.demand() > 0) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private void handOut(List<Position> due, DequeueSubscription subscription) throws SQLException {
        int done = 0;
        try {
            Map<String, StoredItem> rows =
                    store.fetch(due.stream().map(Position::id).toList());
            while (done < due.size() && !closed && !subscription.isCancelled()) {
                StoredItem row = rows.get(due.get(done).id());
                if (row == null) {
                    schedule.finish(due.get(done).id());
                } else {
                    handOut(row, subscription);
                }
                done++;
            }
        } finally {
            due.subList(done, due.size()).forEach(schedule::putBack);
        }
    }

    private void handOut(StoredItem row, DequeueSubscription subscription) throws SQLException {
        MailQueueItem item;
        try {
            item = reader.read(row);
        } catch (MessagingException | RuntimeException | StackOverflowError e) {
            store.setAside(row.id(), State.UNREADABLE);
            schedule.finish(row.id());
            LOGGER.error("Queued mail {} can't be read and is set aside", row.id());
            LOGGER.debug("Cause of setting aside", e);
            return;
        }
        subscription.emit(item);
    }

    private void sleepUntilDue() {
        OptionalLong due = schedule.nextDue();
        if (due.isPresent()) {
            long micros = Math.max(1, due.getAsLong() - clock.now());
            wakeUpIn(Duration.of(Math.min(micros, LONGEST_SLEEP.toNanos() / 1000), ChronoUnit.MICROS));
        }
    }

    private void wakeUpIn(Duration pause) {
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarm = thread.schedule(this::run, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Duration pauseAfter(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, LARGEST_DOUBLING));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private static String describe(Throwable e) {
        return e instanceof SQLException sql
                ? e.getClass().getSimpleName() + ", SQL state " + sql.getSQLState()
                : e.getClass().getName();
    }
}
