package org.jameschatmail.guice.queue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jameschatmail.guice.queue.DeliverySchedule.Returns;
import org.jameschatmail.guice.queue.QueueStore.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to process one mail. It ends once; what is said after that has no effect. Thread-safe.
 *
 * <p>A mail that failed is due again at once, then after a second and twice as long each time, up to a minute. One that
 * was rejected, or whose holder went away without a word, waits a minute and twice as long each time, up to an hour,
 * and is set aside after {@value #REJECTIONS_BEFORE_SET_ASIDE} times: such a mail may be what kills its reader.
 */
final class Lease {
    static final int REJECTIONS_BEFORE_SET_ASIDE = 8;

    private static final Logger LOGGER = LoggerFactory.getLogger(Lease.class);
    private static final int DELETE_ATTEMPTS = 4;
    private static final Duration DELETE_PAUSE = Duration.ofMillis(50);
    private static final int LARGEST_DOUBLING = 10;

    private final StoredItem item;
    private final QueueStore store;
    private final DeliverySchedule schedule;
    private final MicrosecondClock clock;
    private final Runnable wakeUp;
    private boolean open = true;

    Lease(StoredItem item, QueueStore store, DeliverySchedule schedule, MicrosecondClock clock, Runnable wakeUp) {
        this.item = item;
        this.store = store;
        this.schedule = schedule;
        this.clock = clock;
        this.wakeUp = wakeUp;
    }

    /** The mail is done with: its row goes. On failure the lease stays open. */
    synchronized void succeed() throws SQLException {
        if (open) {
            delete();
            schedule.finish(item.id());
            open = false;
        }
    }

    /** The mail is to be tried again. */
    synchronized void retry() {
        if (open) {
            Returns before = schedule.returnsOf(item.id());
            Duration pause = before.retries() == 0
                    ? Duration.ZERO
                    : doubled(Duration.ofSeconds(1), before.retries() - 1, Duration.ofMinutes(1));
            comeBack(pause, new Returns(before.retries() + 1, before.rejections()));
        }
    }

    /** The mail could neither be processed nor be handed on. On failure the lease stays open. */
    synchronized void reject() throws SQLException {
        if (!open) {
            return;
        }
        Returns before = schedule.returnsOf(item.id());
        if (before.rejections() + 1 >= REJECTIONS_BEFORE_SET_ASIDE) {
            store.setAside(item.id(), State.REJECTED);
            schedule.finish(item.id());
            open = false;
            LOGGER.error("Queued mail {} was rejected too often and is set aside", item.id());
            return;
        }
        Duration pause = doubled(Duration.ofMinutes(1), before.rejections(), Duration.ofHours(1));
        comeBack(pause, new Returns(before.retries(), before.rejections() + 1));
    }

    /** The holder is gone, by an error that nobody caught. */
    void abandon() {
        try {
            reject();
        } catch (SQLException e) {
            LOGGER.warn("Queued mail {} can't be set aside now and will be delivered again", item.id());
            retry();
        }
    }

    private void comeBack(Duration pause, Returns count) {
        schedule.comeBack(new Position(MicrosecondClock.plus(clock.stamp(), pause), item.id()), count);
        open = false;
        wakeUp.run();
    }

    /** A mail that was delivered and isn't deleted is delivered twice: a short trouble is worth waiting for. */
    private void delete() throws SQLException {
        for (int attempt = 1; true; attempt++) {
            try {
                store.delete(item);
                return;
            } catch (SQLException e) {
                if (attempt == DELETE_ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(DELETE_PAUSE.multipliedBy(attempt).toNanos());
            }
        }
    }

    private static Duration doubled(Duration first, int times, Duration longest) {
        Duration pause = first.multipliedBy(1L << Math.min(times, LARGEST_DOUBLING));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
