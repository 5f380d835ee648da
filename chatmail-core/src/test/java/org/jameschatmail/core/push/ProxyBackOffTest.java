package org.jameschatmail.core.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProxyBackOffTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final ProxyBackOff backOff = new ProxyBackOff(16);

    @Test
    void allowanceShouldBeFullWhenNothingFailed() {
        assertThat(backOff.allowance(NOW)).isEqualTo(16);
    }

    @Test
    void allowanceShouldBeNoneInThePauseAndOneAfterIt() {
        backOff.failed(NOW);

        assertThat(backOff.allowance(NOW.plusMillis(7999))).isZero();
        assertThat(backOff.allowance(NOW.plusSeconds(8))).isOne();
    }

    @Test
    void pauseShouldNotGrowWhenRequestsOfBeforeFail() {
        backOff.failed(NOW);
        backOff.failed(NOW.plusSeconds(1));
        backOff.failed(NOW.plusSeconds(7));

        assertThat(backOff.pausedUntil()).isEqualTo(NOW.plusSeconds(8));
    }

    @Test
    void pauseShouldDoubleUpToABoundWhenEachTryFails() {
        Instant now = NOW;
        for (long seconds : new long[] {8, 16, 32, 64, 128, 256, 512, 512, 512}) {
            backOff.failed(now);

            assertThat(backOff.pausedUntil()).isEqualTo(now.plusSeconds(seconds));
            now = backOff.pausedUntil();
        }
    }

    @Test
    void allowanceShouldBeFullAgainWhenOneSucceeds() {
        backOff.failed(NOW);
        backOff.succeeded();

        assertThat(backOff.allowance(NOW)).isEqualTo(16);
        assertThat(backOff.isFailing()).isFalse();
    }
}
