package org.jameschatmail.guice.expiry;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.lifecycle.api.Startable;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.util.concurrent.NamedThreadFactory;
import org.jameschatmail.core.expiry.LoginDay;
import org.jameschatmail.core.metric.GaugeName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of the expiry. About once a minute, never at the same second, it visits what is due; between that it does
 * what an administrator asks for. Says once a day what was done, in numbers.
 */
@Singleton
final class ExpirySchedule implements Startable, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ExpirySchedule.class);
    private static final int SHORTEST_MILLIS = 30_000;
    private static final int LONGEST_MILLIS = 90_000;
    private static final int CLOSE_SECONDS = 10;

    private final Expiry expiry;
    private final RunFactory runs;
    private final ExpiryCounters counters;
    private final Clock clock;
    private final Random random = new Random();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, NamedThreadFactory.withName("expiry"));
    // What follows is changed by the thread alone.
    private volatile Run today;
    private LoginDay day;

    @Inject
    ExpirySchedule(Expiry expiry, RunFactory runs, ExpiryCounters counters, Clock clock) {
        this.expiry = expiry;
        this.runs = runs;
        this.counters = counters;
        this.clock = clock;
        this.today = runs.newRun(Run.Mode.REMOVE);
        this.day = LoginDay.at(clock.instant());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start(GaugeRegistry gauges) {
        gauges.register(GaugeName.EXPIRY_BACKLOG.internal(), this::secondsBehind);
        scheduleNext();
    }

    private void scheduleNext() {
        int delay = SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS);
        if (!thread.isShutdown()) {
            thread.schedule(this::tick, delay, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        try {
            expiry.catchUp(today);
            sumUpTheDay();
        } catch (Run.CancelledException e) {
            LOGGER.debug("The expiry ends with the server");
        } catch (Exception e) {
            LOGGER.warn(
                    "The expiry of old data failed and goes on later: {}",
                    e.getClass().getSimpleName());
            LOGGER.debug("Why the expiry failed", e);
        } finally {
            scheduleNext();
        }
    }

    private void sumUpTheDay() {
        LoginDay now = LoginDay.at(clock.instant());
        if (!now.equals(day)) {
            ExpiryReport report = today.report();
            counters.worked(report.work().toMillis() / 1000.0);
            log("Expiry of a day", report);
            today = runs.newRun(Run.Mode.REMOVE);
            day = now;
        }
    }

    private static void log(String what, ExpiryReport report) {
        LOGGER.info(
                "{}: {} messages ({} bytes), {} accounts, {} other mails; {} mailboxes and {} accounts visited, {} failures,"
                        + " {} s of work",
                what,
                report.messages(),
                report.octets(),
                report.accounts(),
                report.others(),
                report.mailboxesVisited(),
                report.accountsVisited(),
                report.failures(),
                report.work().toSeconds());
    }

    /**
     * Visits everything, when the visits that are under way have ended; returns when all is done.
     *
     * @throws InterruptedException when the caller is interrupted; the run ends soon after
     */
    void visitAll(Run run) throws Exception {
        Future<?> running = thread.submit(() -> {
            expiry.visitAll(run);
            return run;
        });
        try {
            running.get();
        } catch (InterruptedException e) {
            run.cancel();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            log(run.removes() ? "Expiry on demand" : "Expiry on trial", run.report());
        }
    }

    private long secondsBehind() {
        try {
            return TimeUnit.MILLISECONDS.toSeconds(expiry.millisBehind());
        } catch (SQLException e) {
            return -1;
        }
    }

    @Override
    @PreDestroy
    public void close() {
        thread.shutdown();
        today.cancel();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
