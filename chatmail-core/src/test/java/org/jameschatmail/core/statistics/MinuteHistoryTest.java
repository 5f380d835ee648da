package org.jameschatmail.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MinuteHistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:30Z");

    private final MinuteHistory history = new MinuteHistory();

    @Test
    void untilShouldKnowNothingWhenNothingWasNoted() {
        assertThat(history.until(NOON, 3).get(Series.QUEUE)).containsExactly(Double.NaN, Double.NaN, Double.NaN);
    }

    @Test
    void untilShouldEndWithTheMinuteAskedFor() {
        history.note(NOON.minusSeconds(60), Map.of(Series.QUEUE, 4.0));
        history.note(NOON, Map.of(Series.QUEUE, 5.0));
        assertThat(history.until(NOON, 3).get(Series.QUEUE)).containsExactly(Double.NaN, 4, 5);
        assertThat(history.until(NOON.plusSeconds(60), 3).get(Series.QUEUE)).containsExactly(4, 5, Double.NaN);
    }

    @Test
    void untilShouldNotKnowSeriesThatWasNotFound() {
        history.note(NOON, Map.of(Series.QUEUE, 4.0));
        assertThat(history.until(NOON, 1).get(Series.ACCOUNTS)).containsExactly(Double.NaN);
    }

    @Test
    void noteShouldReplaceWhatTheMinuteHad() {
        history.note(NOON, Map.of(Series.QUEUE, 4.0, Series.ACCOUNTS, 1.0));
        history.note(NOON.plusSeconds(29), Map.of(Series.QUEUE, 6.0));
        assertThat(history.until(NOON, 1).get(Series.QUEUE)).containsExactly(6);
        assertThat(history.until(NOON, 1).get(Series.ACCOUNTS)).containsExactly(Double.NaN);
    }

    @Test
    void untilShouldForgetWhatIsOlderThanADay() {
        history.note(NOON, Map.of(Series.QUEUE, 4.0));
        Instant tomorrow = NOON.plus(Duration.ofDays(1));
        assertThat(history.until(tomorrow.minusSeconds(60), MinuteHistory.MINUTES)
                        .get(Series.QUEUE))
                .startsWith(4)
                .endsWith(Double.NaN);
        assertThat(history.until(tomorrow, MinuteHistory.MINUTES).get(Series.QUEUE))
                .containsOnly(Double.NaN);
    }

    @Test
    void untilShouldRefuseMoreThanItKeeps() {
        assertThatThrownBy(() -> history.until(NOON, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> history.until(NOON, MinuteHistory.MINUTES + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
