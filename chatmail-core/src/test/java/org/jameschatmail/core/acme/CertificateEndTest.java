package org.jameschatmail.core.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateEndTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

    private static Instant day(double days) {
        return BEGIN.plusSeconds(Math.round(days * Duration.ofDays(1).toSeconds()));
    }

    @ParameterizedTest
    @CsvSource({"90, 75.9, false", "90, 76.1, true", "90, 91, true", "6, 4.4, false", "6, 4.6, true"})
    void endShouldBeNearInTheLastDays(double life, double now, boolean near) {
        assertThat(new CertificateEnd(BEGIN, day(life)).isNear(day(now))).isEqualTo(near);
    }

    @Test
    void daysShouldBeCounted() {
        CertificateEnd end = new CertificateEnd(BEGIN, day(90));

        assertThat(end.daysLeft(day(88.5))).isEqualTo(1.5);
        assertThat(end.daysLeft(day(91))).isEqualTo(-1);
    }
}
