package org.jameschatmail.guice.health;

import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.lifecycle.api.Startable;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.concurrent.NamedThreadFactory;
import org.jameschatmail.core.configuration.MonitoringConfiguration;
import org.jameschatmail.core.health.TickWatch;
import org.jameschatmail.core.metric.CounterName;
import org.jameschatmail.guice.configuration.ServerDirectories;
import org.jameschatmail.protocols.session.OpenConnections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the event loops of the mail listeners. When one hasn't done anything for {@code watchdog.stall}, what all threads
 * are doing goes to a file {@code stalled-….txt} beside the log, not more than once in ten minutes; {@value #KEPT} are kept.
 * The stalls are counted.
 */
@Singleton
final class StallWatch implements Startable, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(StallWatch.class);
    private static final String PREFIX = "stalled-";
    private static final int KEPT = 5;
    private static final long BETWEEN_FILES = TimeUnit.MINUTES.toNanos(10);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final OpenConnections connections;
    private final Path folder;
    private final Clock clock;
    private final boolean on;
    private final TickWatch<EventExecutor> watch;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, NamedThreadFactory.withName("stall-watch"));
    // What follows is changed by the thread alone.
    private boolean stalled;
    private long nextFile = System.nanoTime();

    @Inject
    StallWatch(
            OpenConnections connections,
            ServerDirectories directories,
            MonitoringConfiguration monitoring,
            Clock clock) {
        this.connections = connections;
        this.folder = directories.data().resolve("logs");
        this.clock = clock;
        this.on = monitoring.stall().compareTo(Duration.ZERO) > 0;
        this.watch = new TickWatch<>(monitoring.stall());
    }

    void start(MetricFactory metrics) {
        Metric stalls = metrics.generate(CounterName.STALLS.internal());
        if (on) {
            thread.scheduleWithFixedDelay(() -> look(stalls), 1, 1, TimeUnit.SECONDS);
        }
    }

    boolean isStalled() {
        return on && watch.isStalled(System.nanoTime());
    }

    private void look(Metric stalls) {
        try {
            long now = System.nanoTime();
            watch.tick(connections.eventLoops(), now);
            boolean stands = watch.isStalled(now);
            if (stands && !stalled) {
                stalls.increment();
                if (now - nextFile >= 0) {
                    nextFile = now + BETWEEN_FILES;
                    Path file = write();
                    LOGGER.error("An event loop stands still; what the threads do is in {}", file);
                }
            }
            stalled = stands;
        } catch (IOException | RuntimeException e) {
            LOGGER.warn("The event loops can't be watched: {}", e.getClass().getName());
        }
    }

    private Path write() throws IOException {
        StringBuilder text = new StringBuilder();
        for (ThreadInfo info : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
            text.append(info.getThreadName()).append(" ").append(info.getThreadState());
            text.append(info.getLockName() == null ? "" : " for " + info.getLockName())
                    .append('\n');
            for (StackTraceElement element : info.getStackTrace()) {
                text.append("    ").append(element).append('\n');
            }
        }
        Path file = folder.resolve(PREFIX + STAMP.format(clock.instant()) + ".txt");
        // Whole, or not there: somebody may be waiting for it.
        Path part = Files.writeString(folder.resolve("threads.part"), text);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.filter(each -> each.getFileName().toString().startsWith(PREFIX))
                    .sorted()
                    .toList();
            for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
                Files.delete(old);
            }
        }
        return file;
    }

    @Override
    @PreDestroy
    public void close() {
        thread.shutdownNow();
    }
}
