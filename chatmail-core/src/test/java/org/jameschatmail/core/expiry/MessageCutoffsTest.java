package org.jameschatmail.core.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jameschatmail.core.configuration.RetentionConfiguration;
import org.junit.jupiter.api.Test;

class MessageCutoffsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final MessageCutoffs cutoffs = MessageCutoffs.at(NOW, RetentionConfiguration.DEFAULT);

    private boolean includes(Duration age, long octets, boolean seen) {
        return cutoffs.include(NOW.minus(age), octets, seen);
    }

    @Test
    void messageShouldGoWhenItIsOlderThanTwentyDays() {
        assertThat(includes(Duration.ofDays(20), 1, false)).isFalse();
        assertThat(includes(Duration.ofDays(20).plusMillis(1), 1, false)).isTrue();
    }

    @Test
    void largeMessageShouldGoAfterSevenDaysWhenItWasSeen() {
        Duration age = Duration.ofDays(7).plusMillis(1);

        assertThat(includes(age, 200_001, true)).isTrue();
        assertThat(includes(age, 200_001, false)).isFalse();
        assertThat(includes(age, 200_000, true)).isFalse();
        assertThat(includes(Duration.ofDays(7), 200_001, true)).isFalse();
    }

    @Test
    void youngestShouldBeTheLaterOfBothCutoffs() {
        assertThat(cutoffs.youngest()).isEqualTo(NOW.minus(Duration.ofDays(7)));
        assertThat(new MessageCutoffs(NOW, NOW.minusMillis(1), 0).youngest()).isEqualTo(NOW);
    }
}
