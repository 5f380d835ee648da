package org.jameschatmail.core.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a certificate is renewed, and when a failed order is tried again. */
class RenewalTimesTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private final RandomGenerator random = new Random(7);

    private static Instant day(double days) {
        return BEGIN.plusMillis(Math.round(days * Duration.ofDays(1).toMillis()));
    }

    @ParameterizedTest
    @CsvSource({"90, 55.8, 63", "100, 62, 70", "6, 2.76, 3.24"})
    void windowShouldLieInsideTheCertificatesTime(double life, double start, double end) {
        assertThat(RenewalWindow.of(BEGIN, day(life))).isEqualTo(new RenewalWindow(day(start), day(end)));
    }

    @Test
    void adviceShouldLeaveTimeForTrouble() {
        RenewalWindow advice = new RenewalWindow(day(50), day(60));

        assertThat(advice.within(BEGIN, day(90))).isEqualTo(advice);
        assertThat(advice.within(BEGIN, day(60))).isEqualTo(new RenewalWindow(day(50), day(54)));
        assertThat(new RenewalWindow(day(1000), day(2000)).within(BEGIN, day(90)))
                .isEqualTo(new RenewalWindow(day(81), day(81)));
        assertThatThrownBy(() -> new RenewalWindow(day(2), day(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pickedTimesShouldFillTheWindow() {
        RenewalWindow window = new RenewalWindow(day(10), day(11));
        Instant earliest = day(11);
        Instant latest = day(10);
        for (int i = 0; i < 1000; i++) {
            Instant picked = window.pick(random);
            assertThat(picked).isBetween(day(10), day(11));
            earliest = picked.isBefore(earliest) ? picked : earliest;
            latest = picked.isAfter(latest) ? picked : latest;
        }
        assertThat(earliest).isBefore(day(10.05));
        assertThat(latest).isAfter(day(10.95));
        assertThat(new RenewalWindow(BEGIN, BEGIN).pick(random)).isEqualTo(BEGIN);
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, 1, 1", "UNREACHABLE, 2, 2", "UNREACHABLE, 5, 16", "UNREACHABLE, 8, 120",
                "UNREACHABLE, 1000000, 120",
        "REFUSED, 1, 30", "REFUSED, 3, 120", "REFUSED, 6, 720", "REFUSED, 2147483647, 720", "REFUSED, 0, 30"
    })
    void retriesShouldComeLaterEachTime(RetryPace pace, int failures, int minutes) {
        Duration due = Duration.ofMinutes(minutes);
        Set<Duration> waits = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Duration wait = pace.after(failures, random);
            waits.add(wait);
            assertThat(wait)
                    .isBetween(
                            due.multipliedBy(8).dividedBy(10),
                            due.multipliedBy(12).dividedBy(10));
        }
        assertThat(waits).hasSizeGreaterThan(90);
    }
}
