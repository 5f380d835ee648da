package org.jameschatmail.core.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"1, 8", "2, 64", "3, 512", "4, 4096"})
    void nextShouldWaitLongerWhenMoreTriesFailed(int failures, long seconds) {
        assertThat(RetrySchedule.next(failures, NOW, NOW)).contains(NOW.plusSeconds(seconds));
    }

    @Test
    void nextShouldBeNothingWhenTheFifthTryFailed() {
        assertThat(RetrySchedule.next(5, NOW, NOW)).isEmpty();
    }

    @Test
    void nextShouldBeNothingWhenItWouldComeAfterFiveHours() {
        Instant queued = NOW.minus(Duration.ofHours(5));

        assertThat(RetrySchedule.next(4, queued.plusSeconds(4096), NOW)).isEmpty();
        assertThat(RetrySchedule.next(4, queued.plusSeconds(4097), NOW)).isPresent();
    }

    @Test
    void notificationShouldBeOverWhenFiveHoursHavePassed() {
        assertThat(RetrySchedule.isOver(NOW, NOW.plus(Duration.ofHours(5)).minusMillis(1)))
                .isFalse();
        assertThat(RetrySchedule.isOver(NOW, NOW.plus(Duration.ofHours(5)))).isTrue();
    }
}
