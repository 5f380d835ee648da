package org.jameschatmail.core.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jameschatmail.core.configuration.QuotaConfiguration;
import org.junit.jupiter.api.Test;

class ClearingTest {
    private final Clearing clearing = new Clearing(QuotaConfiguration.DEFAULT);

    @Test
    void clearingShouldBeDueAboveThreeQuarters() {
        assertThat(clearing.isDue(750, 1000)).isFalse();
        assertThat(clearing.isDue(751, 1000)).isTrue();
        assertThat(clearing.surplus(750, 1000)).isEmpty();
    }

    @Test
    void surplusShouldLeaveSeventyPercent() {
        assertThat(clearing.surplus(800, 1000)).hasValue(100);
        assertThat(clearing.surplus(80, 99)).hasValue(11);
    }

    @Test
    void sharesShouldNotOverflowWhenTheLimitIsHuge() {
        assertThat(clearing.isDue(Long.MAX_VALUE / 2, Long.MAX_VALUE)).isFalse();
        assertThat(clearing.isDue(Long.MAX_VALUE, Long.MAX_VALUE)).isTrue();
    }

    @Test
    void messagesShouldBeProtectedForADay() {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");

        assertThat(clearing.protectedSince(now)).isEqualTo(Instant.parse("2026-02-28T12:00:00Z"));
    }
}
