package org.jameschatmail.guice.outgoing;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.lifecycle.api.Startable;
import org.jameschatmail.core.outgoing.Diagnosis;
import org.jameschatmail.core.outgoing.RetrySchedule;
import org.jameschatmail.guice.outgoing.Lane.Standing;
import org.jameschatmail.guice.outgoing.OutgoingItem.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which domain's turn it is. Each destination domain has a {@link Lane}; lanes of one {@link Standing} take turns,
 * and each standing has a share of the {@value #THREADS} threads, so that dead and slow domains, however many, leave half
 * of them to those that are known to answer. A domain that doesn't answer pauses as a whole, and one message tries it then.
 *
 * <p>One thread alone touches lanes and turns; it never waits, neither for the database nor for another server.
 */
@Singleton
final class Dispatcher implements Startable, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Dispatcher.class);
    private static final int THREADS = 64;
    private static final Map<Standing, Integer> SHARES =
            Map.of(Standing.PROVEN, THREADS, Standing.FRESH, THREADS / 2, Standing.FAILING, THREADS / 4);
    private static final int MAX_WAITING_A_DOMAIN = 500;
    private static final int MAX_PROVEN_REMEMBERED = 10_000;
    private static final Duration PROVEN_REMEMBERED = Duration.ofHours(1);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(10);
    /** A clock that was set is noticed after this time. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(10);

    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);
    private static final Duration FINISH_PATIENCE = Duration.ofMillis(1500);
    private static final Duration BREAK_OFF_PATIENCE = Duration.ofMillis(1000);

    private final OutgoingQueue queue;
    private final Delivery delivery;
    private final RetrySchedule schedule;
    private final Clock clock;
    private final Random random = new Random();
    private final ScheduledThreadPoolExecutor loop;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(threads("outgoing-reader"));
    private final ExecutorService workers = Executors.newCachedThreadPool(threads("outgoing-delivery"));
    private final Cache<String, Boolean> proven = CacheBuilder.newBuilder()
            .maximumSize(MAX_PROVEN_REMEMBERED)
            .expireAfterWrite(PROVEN_REMEMBERED)
            .build();
    // What follows is used by the loop's thread alone.
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Map<String, ScheduledFuture<?>> alarms = new HashMap<>();
    private final Map<Standing, Deque<Lane>> turns = new EnumMap<>(Standing.class);
    private final Set<String> inTurns = new HashSet<>();
    private final Map<Standing, Integer> running = new EnumMap<>(Standing.class);

    @Inject
    Dispatcher(OutgoingQueue queue, Delivery delivery, RetrySchedule schedule, Clock clock) {
        this.queue = queue;
        this.delivery = delivery;
        this.schedule = schedule;
        this.clock = clock;
        this.loop = new ScheduledThreadPoolExecutor(
                1, threads("outgoing-dispatcher"), new ThreadPoolExecutor.DiscardPolicy());
        loop.setRemoveOnCancelPolicy(true);
        loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static ThreadFactory threads(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Begins with what an earlier run has left. */
    void start() {
        queue.tell(places -> loop.execute(() -> places.forEach(this::offer)));
        reader.execute(this::takeUp);
    }

    private void takeUp() {
        try {
            Set<String> domains = queue.domains().keySet();
            loop.execute(() -> domains.forEach(domain -> refresh(lane(domain))));
            LOGGER.info("Mail waits for {} other domains", domains.size());
        } catch (SQLException | RuntimeException e) {
            LOGGER.warn("What waits for other servers can't be read because of {}", describe(e));
            loop.schedule(() -> reader.execute(this::takeUp), PAUSE_AFTER_TROUBLE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private Lane lane(String domain) {
        return lanes.computeIfAbsent(
                domain, absent -> new Lane(absent, MAX_WAITING_A_DOMAIN, proven.getIfPresent(absent) != null));
    }

    private void offer(Place place) {
        Lane lane = lane(place.domain());
        lane.offer(place);
        look(lane);
        giveTurns();
    }

    private void refresh(Lane lane) {
        lane.reset();
        look(lane);
        giveTurns();
    }

    /** Lines the lane up if its next message is due, or sees to it that somebody looks when it is. */
    private void look(Lane lane) {
        if (lane.beginReading()) {
            int limit = lane.readingLimit();
            reader.execute(() -> read(lane, limit));
        }
        Optional<Instant> turn = lane.nextTurn();
        Instant now = clock.instant();
        if (turn.isEmpty()) {
            if (lane.isIdle()) {
                forget(lane);
            }
        } else if (!turn.get().isAfter(now)) {
            if (inTurns.add(lane.domain())) {
                turnsOf(lane.standing()).addLast(lane);
            }
        } else {
            lookAgain(lane, Duration.between(now, turn.get()));
        }
    }

    private void forget(Lane lane) {
        if (!inTurns.contains(lane.domain())) {
            lanes.remove(lane.domain());
            cancelAlarm(lane);
        }
    }

    private void lookAgain(Lane lane, Duration pause) {
        cancelAlarm(lane);
        long millis = Math.max(1, Math.min(pause.toMillis(), LONGEST_SLEEP.toMillis()));
        alarms.put(
                lane.domain(),
                loop.schedule(
                        () -> {
                            look(lane);
                            giveTurns();
                        },
                        millis,
                        TimeUnit.MILLISECONDS));
    }

    private void cancelAlarm(Lane lane) {
        ScheduledFuture<?> alarm = alarms.remove(lane.domain());
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    private void read(Lane lane, int limit) {
        try {
            List<Place> first = queue.first(lane.domain(), limit);
            loop.execute(() -> {
                lane.endReading(first, limit);
                look(lane);
                giveTurns();
            });
        } catch (SQLException | RuntimeException e) {
            LOGGER.warn("What waits for another server can't be read because of {}", describe(e));
            loop.execute(() -> {
                lane.abandonReading();
                lookAgain(lane, PAUSE_AFTER_TROUBLE);
            });
        }
    }

    /** Starts work for the lanes that are due, those that are known to answer first. */
    private void giveTurns() {
        for (Standing standing : Standing.values()) {
            Deque<Lane> waiting = turnsOf(standing);
            while (!waiting.isEmpty() && isFree(standing)) {
                Lane lane = waiting.removeFirst();
                inTurns.remove(lane.domain());
                Optional<Instant> turn = lane.nextTurn();
                if (turn.isPresent() && !turn.get().isAfter(clock.instant())) {
                    work(lane, lane.standing());
                }
                look(lane);
            }
        }
    }

    private Deque<Lane> turnsOf(Standing standing) {
        return turns.computeIfAbsent(standing, absent -> new ArrayDeque<>());
    }

    private boolean isFree(Standing standing) {
        int all = running.values().stream().mapToInt(Integer::intValue).sum();
        return all < THREADS && running.getOrDefault(standing, 0) < SHARES.getOrDefault(standing, 0);
    }

    private void work(Lane lane, Standing standing) {
        Place place = lane.take();
        running.merge(standing, 1, Integer::sum);
        long begun = System.nanoTime();
        workers.execute(() -> {
            Runnable ending = attempt(lane, place, begun);
            loop.execute(() -> {
                running.merge(standing, -1, Integer::sum);
                ending.run();
                look(lane);
                giveTurns();
            });
        });
    }

    /** Gives what the loop is to note. */
    private Runnable attempt(Lane lane, Place place, long begun) {
        try {
            Delivery.Report report = delivery.attempt(place);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            if (report.unreached().isEmpty()) {
                proven.put(lane.domain(), true);
            }
            return () -> lane.settle(place, report, took, schedule, clock.instant(), random.nextDouble());
        } catch (Exception e) {
            LOGGER.warn("A delivery to another server is tried again because of {}", describe(e));
            LOGGER.debug("The failure of a delivery", e);
            return () -> lane.putBack(place, clock.instant().plus(PAUSE_AFTER_TROUBLE));
        }
    }

    /** The text of an exception may name people. */
    private static String describe(Exception e) {
        return e instanceof SQLException sql
                ? e.getClass().getSimpleName() + ", SQL state " + sql.getSQLState()
                : e.getClass().getName();
    }

    /** Has the messages of a domain read again and tried at once: they were made due, or removed. */
    void reconsider(String domain) {
        loop.execute(() -> refresh(lane(domain)));
    }

    /**
     * The trouble that a domain is in.
     *
     * @param pausedUntil before which it isn't tried
     */
    record Trouble(Diagnosis diagnosis, Instant pausedUntil) {}

    /** The domains that are out of reach. */
    Map<String, Trouble> troubles() {
        try {
            return loop.submit(this::collectTroubles).get(ANSWER_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        } catch (ExecutionException | TimeoutException e) {
            return Map.of();
        }
    }

    private Map<String, Trouble> collectTroubles() {
        Map<String, Trouble> troubles = new HashMap<>();
        lanes.values()
                .forEach(lane -> lane.trouble()
                        .ifPresent(
                                diagnosis -> troubles.put(lane.domain(), new Trouble(diagnosis, lane.pausedUntil()))));
        return troubles;
    }

    /** Lets what is nearly done come to its end, and breaks off the rest: the next start tries it again. */
    @Override
    @PreDestroy
    public void close() {
        loop.shutdownNow();
        reader.shutdown();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(FINISH_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                delivery.close();
                workers.awaitTermination(BREAK_OFF_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            delivery.close();
            workers.shutdownNow();
        }
    }
}
