package org.jameschatmail.guice.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.jameschatmail.core.configuration.LogFormat;
import org.jameschatmail.core.configuration.MonitoringConfiguration;
import org.jameschatmail.guice.configuration.ServerDirectories;
import org.jameschatmail.protocols.session.OpenConnections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StallWatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    private final OpenConnections connections = new OpenConnections();
    private final RecordingMetricFactory metrics = new RecordingMetricFactory();

    @BeforeEach
    void makeLogs() throws IOException {
        Files.createDirectory(data.resolve("logs"));
    }

    private StallWatch watch(Duration stall) {
        return new StallWatch(
                connections,
                new ServerDirectories(data, data, data),
                new MonitoringConfiguration(LogFormat.TEXT, stall),
                Clock.systemUTC());
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(data.resolve("logs"))) {
            return files.filter(file -> file.toString().endsWith(".txt")).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).isNegative();
            Thread.onSpinWait();
        }
    }

    /** The loop of such a channel does nothing by itself. */
    @Test
    void stallShouldBeWrittenDownAndEndWhenTheLoopGoesOn() throws Exception {
        EmbeddedChannel channel = new EmbeddedChannel(connections);
        try (StallWatch watch = watch(Duration.ofMillis(50))) {
            watch.start(metrics);

            await(watch::isStalled);
            await(() -> !files().isEmpty());

            assertThat(files()).hasSize(1);
            assertThat(files().get(0)).content().contains("stall-watch", "StallWatchTest");
            assertThat(metrics.countFor("chatmail.stalls")).isEqualTo(1);
            await(() -> {
                channel.runPendingTasks();
                return !watch.isStalled();
            });
        }
    }

    @Test
    void nothingShouldBeWatchedWhenItIsOff() {
        EmbeddedChannel channel = new EmbeddedChannel(connections);
        try (StallWatch watch = watch(Duration.ZERO)) {
            watch.start(metrics);

            assertThat(watch.isStalled()).isFalse();
            assertThat(channel.isOpen()).isTrue();
        }
    }
}
