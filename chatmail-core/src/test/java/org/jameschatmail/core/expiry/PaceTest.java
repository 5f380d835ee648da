package org.jameschatmail.core.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace(500);

    @Test
    void pauseShouldKeepTheRateWhenTheStoreIsQuick() {
        assertThat(pace.pauseAfter(Duration.ofMillis(10), 100)).isEqualTo(Duration.ofMillis(190));
    }

    @Test
    void pauseShouldBeFourTimesTheWorkWhenTheStoreIsBusy() {
        assertThat(pace.pauseAfter(Duration.ofMillis(80), 100)).isEqualTo(Duration.ofMillis(320));
        assertThat(pace.pauseAfter(Duration.ofMillis(3), 0)).isEqualTo(Duration.ofMillis(12));
    }

    @Test
    void pauseShouldEndWhateverTheClockSays() {
        assertThat(pace.pauseAfter(Duration.ofDays(1), 1)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void paceShouldRejectStandstill() {
        assertThatThrownBy(() -> new Pace(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
