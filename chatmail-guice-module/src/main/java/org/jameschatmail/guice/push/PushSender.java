package org.jameschatmail.guice.push;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.lifecycle.api.Startable;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.core.push.ProxyBackOff;
import org.jameschatmail.core.push.RetrySchedule;
import org.jameschatmail.guice.push.NotificationProxy.Answer;
import org.jameschatmail.protocols.imap.metadata.DeviceToken;
import org.jameschatmail.protocols.imap.metadata.DeviceTokens;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that empties the queue. It sleeps until it is woken or the next row is due; at most
 * {@value #CONCURRENCY} requests are under way, fewer when the proxy is in trouble. A row stays in the table until the
 * proxy has answered, so a kill loses none, and may have one sent twice. Removes tokens that the proxy calls gone, and
 * those that weren't renewed for 90 days.
 */
@Singleton
final class PushSender implements Startable, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(PushSender.class);
    private static final int CONCURRENCY = 16;
    /** A clock that was set is noticed after this time. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(10);

    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(10);
    private static final Duration EXPIRY_PERIOD = Duration.ofHours(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final JdbcPushQueue queue;
    private final DeviceTokens tokens;
    private final NotificationProxy proxy;
    private final PushCounters counters;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicBoolean woken = new AtomicBoolean();
    // What follows is used by the thread alone.
    private final ProxyBackOff backOff = new ProxyBackOff(CONCURRENCY);
    private final Set<Long> underWay = new HashSet<>();
    private @Nullable ScheduledFuture<?> alarm;

    @Inject
    PushSender(JdbcPushQueue queue, DeviceTokens tokens, NotificationProxy proxy, MetricFactory metrics, Clock clock) {
        this.queue = queue;
        this.tokens = tokens;
        this.proxy = proxy;
        this.counters = PushCounters.of(metrics);
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread created = new Thread(task, "push-notifications");
                    created.setDaemon(true);
                    return created;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        this.thread.setRemoveOnCancelPolicy(true);
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Begins with what an earlier run has left. */
    void start() {
        queue.tell(this::wakeUp);
        thread.scheduleWithFixedDelay(this::expireTokens, 0, EXPIRY_PERIOD.toSeconds(), TimeUnit.SECONDS);
        wakeUp();
    }

    /** Has the thread look again; returns at once, and costs nothing when it is about to. */
    void wakeUp() {
        if (woken.compareAndSet(false, true)) {
            thread.execute(this::run);
        }
    }

    private void run() {
        woken.set(false);
        try {
            send();
        } catch (SQLException | RuntimeException e) {
            LOGGER.warn("Push notifications pause for {} because of {}", PAUSE_AFTER_TROUBLE, describe(e));
            wakeUpIn(PAUSE_AFTER_TROUBLE);
        }
    }

    private void send() throws SQLException {
        Instant now = clock.instant();
        int allowance = backOff.allowance(now);
        if (allowance == 0) {
            wakeUpIn(Duration.between(now, backOff.pausedUntil()));
            return;
        }
        int limit = allowance + underWay.size();
        List<QueuedPush> due = queue.due(limit);
        boolean removed = false;
        for (QueuedPush push : due) {
            if (underWay.contains(push.id())) {
                continue;
            }
            Optional<DeviceToken> token = push.token();
            if (token.isEmpty() || RetrySchedule.isOver(push.queued(), now)) {
                removed = true;
                drop(push);
            } else if (underWay.size() < allowance) {
                send(push, token.get());
            }
        }
        if (due.size() < limit) {
            sleepUntilDue(now);
        } else if (removed) {
            wakeUp();
        }
    }

    /** Whoever has no device any more isn't counted. */
    private void drop(QueuedPush push) throws SQLException {
        if (queue.remove(push) && push.token().isPresent()) {
            counters.dropped().increment();
        }
    }

    private void send(QueuedPush push, DeviceToken token) {
        underWay.add(push.id());
        proxy.notify(token).thenAccept(answer -> thread.execute(() -> settle(push, token, answer)));
    }

    private void settle(QueuedPush push, DeviceToken token, Answer answer) {
        underWay.remove(push.id());
        try {
            switch (answer) {
                case TAKEN -> {
                    reached();
                    counters.sent().increment();
                    queue.remove(push);
                }
                case GONE -> {
                    reached();
                    tokens.remove(push.owner(), token);
                    queue.remove(push);
                }
                case REFUSED -> {
                    reached();
                    retryLater(push);
                }
                case UNAVAILABLE -> {
                    missed();
                    retryLater(push);
                }
            }
        } catch (SQLException | RuntimeException e) {
            LOGGER.warn("What became of a push notification isn't noted because of {}", describe(e));
        }
        wakeUp();
    }

    private void reached() {
        if (backOff.isFailing()) {
            LOGGER.info("The notification proxy answers again");
        }
        backOff.succeeded();
    }

    private void missed() {
        if (!backOff.isFailing()) {
            LOGGER.warn("The notification proxy is out of reach or in trouble; notifications wait");
        }
        backOff.failed(clock.instant());
    }

    private void retryLater(QueuedPush push) throws SQLException {
        counters.failed().increment();
        Optional<Instant> next = RetrySchedule.next(push.attempts() + 1, push.queued(), clock.instant());
        if (next.isPresent()) {
            queue.putOff(push, next.get());
        } else {
            drop(push);
        }
    }

    private void sleepUntilDue(Instant now) throws SQLException {
        Optional<Instant> due = queue.nextDue();
        if (due.isPresent()) {
            wakeUpIn(Duration.between(now, due.get()));
        }
    }

    private void wakeUpIn(Duration pause) {
        if (alarm != null) {
            alarm.cancel(false);
        }
        long millis = Math.max(1, Math.min(pause.toMillis(), LONGEST_SLEEP.toMillis()));
        alarm = thread.schedule(this::run, millis, TimeUnit.MILLISECONDS);
    }

    private void expireTokens() {
        try {
            int expired = tokens.removeRenewedBefore(clock.instant().minus(JdbcPushQueue.TOKEN_LIFETIME));
            if (expired > 0) {
                LOGGER.info("{} device tokens weren't renewed for 90 days and are removed", expired);
            }
            queue.refresh();
        } catch (SQLException | RuntimeException e) {
            LOGGER.warn("Device tokens don't expire because of {}", describe(e));
        }
    }

    /** The text of an SQL exception may quote what was to be written. */
    private static String describe(Exception e) {
        return e instanceof SQLException sql
                ? e.getClass().getSimpleName() + ", SQL state " + sql.getSQLState()
                : e.getClass().getName();
    }

    /** What is under way is sent again by the next run. */
    @Override
    @PreDestroy
    public void close() {
        thread.shutdown();
        proxy.close();
        try {
            if (!thread.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
