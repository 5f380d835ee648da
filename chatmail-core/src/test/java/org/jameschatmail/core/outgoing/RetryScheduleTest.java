package org.jameschatmail.core.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Instant QUEUED = Instant.parse("2026-11-01T00:00:00Z");
    private static final RetrySchedule SCHEDULE = new RetrySchedule(Duration.ofSeconds(60), Duration.ofDays(2));

    @Test
    void pauseShouldDoubleUpToFourHours() {
        assertThat(SCHEDULE.pause(1, 0)).hasSeconds(60);
        assertThat(SCHEDULE.pause(2, 0)).hasSeconds(120);
        assertThat(SCHEDULE.pause(8, 0)).hasSeconds(128 * 60);
        assertThat(SCHEDULE.pause(9, 0)).hasHours(4);
        assertThat(SCHEDULE.pause(Integer.MAX_VALUE, 0)).hasHours(4);
    }

    @Test
    void pauseShouldGrowByAQuarterWhenChanceWantsIt() {
        assertThat(SCHEDULE.pause(1, 1)).hasSeconds(75);
        assertThat(SCHEDULE.pause(9, 1)).hasHours(5);
    }

    @Test
    void pauseShouldNotShrinkWhenTheFirstIsLong() {
        assertThat(new RetrySchedule(Duration.ofHours(9), Duration.ofDays(2)).pause(3, 0))
                .hasHours(9);
    }

    @Test
    void lastTryShouldBeAtTheEndOfTheLifetime() {
        Instant late = QUEUED.plus(Duration.ofHours(47));

        assertThat(SCHEDULE.next(12, QUEUED, late, 0.5)).contains(QUEUED.plus(Duration.ofDays(2)));
    }

    @Test
    void nextShouldBeNothingWhenTheLifetimeIsOver() {
        assertThat(SCHEDULE.next(1, QUEUED, QUEUED.plus(Duration.ofDays(2)), 0)).isEmpty();
        assertThat(SCHEDULE.next(1, QUEUED, QUEUED, 0)).contains(QUEUED.plusSeconds(60));
    }
}
