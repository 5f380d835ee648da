package org.jameschatmail.core.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginDayTest {
    private static final Duration RETENTION = Duration.ofDays(90);

    @Test
    void dayShouldBeTheSameFromMidnightToMidnight() {
        assertThat(LoginDay.at(Instant.parse("2026-01-01T00:00:00Z")))
                .isEqualTo(LoginDay.at(Instant.parse("2026-01-01T23:59:59.999Z")))
                .isNotEqualTo(LoginDay.at(Instant.parse("2026-01-02T00:00:00Z")));
    }

    @Test
    void accountShouldCountAsUsedWhenItsLoginMayHaveBeenAtTheEndOfTheDay() {
        LoginDay day = LoginDay.at(Instant.parse("2026-01-01T08:00:00Z"));

        assertThat(day.isUnused(Instant.parse("2026-04-01T23:59:59.999Z"), RETENTION))
                .isFalse();
        assertThat(day.isUnused(Instant.parse("2026-04-02T00:00:00Z"), RETENTION))
                .isTrue();
    }

    @Test
    void accountShouldCountAsUsedOnTheDayOfItsLoginHoweverShortTheRetention() {
        Instant now = Instant.parse("2026-01-01T08:00:00Z");

        assertThat(LoginDay.at(now).isUnused(now.plusSeconds(3600), Duration.ofSeconds(1)))
                .isFalse();
    }
}
