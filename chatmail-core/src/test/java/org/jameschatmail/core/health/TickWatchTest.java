package org.jameschatmail.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class TickWatchTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final TickWatch<Executor> watch = new TickWatch<>(Duration.ofSeconds(10));

    @Test
    void watchShouldNoticeAThreadThatDoesNothing() {
        watch.tick(List.of(tasks::add), 0);

        assertThat(watch.isStalled(10 * SECOND)).isFalse();
        assertThat(watch.isStalled(11 * SECOND)).isTrue();
    }

    @Test
    void watchShouldAskOnceUntilItIsAnswered() {
        Executor thread = tasks::add;
        watch.tick(List.of(thread), 0);
        watch.tick(List.of(thread), 5 * SECOND);
        assertThat(tasks).hasSize(1);

        tasks.remove().run();

        assertThat(watch.isStalled(100 * SECOND)).isFalse();
        watch.tick(List.of(thread), 100 * SECOND);
        assertThat(tasks).hasSize(1);
    }

    @Test
    void watchShouldForgetAThreadThatHasEnded() {
        Executor ended = task -> {
            throw new RejectedExecutionException();
        };

        watch.tick(List.of(ended), 0);

        assertThat(watch.isStalled(100 * SECOND)).isFalse();
    }
}
