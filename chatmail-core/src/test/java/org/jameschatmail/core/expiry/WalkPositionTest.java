package org.jameschatmail.core.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jameschatmail.core.expiry.WalkPosition.Stretch;
import org.junit.jupiter.api.Test;

class WalkPositionTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-01-02T00:00:00Z");
    private static final long HALF = Long.MAX_VALUE / 2;

    private static WalkPosition at(Duration sinceMidnight) {
        return WalkPosition.at(MIDNIGHT.plus(sinceMidnight), 0);
    }

    @Test
    void positionShouldPassAllPlacesWithinADay() {
        assertThat(at(Duration.ZERO).place()).isZero();
        assertThat(at(Duration.ofHours(12)).place()).isCloseTo(HALF, within(1L << 40));
        assertThat(at(Duration.ofHours(24)).place()).isZero();
        assertThat(at(Duration.ofHours(24)).day()).isEqualTo(at(Duration.ZERO).day() + 1);
    }

    @Test
    void positionShouldBeginItsDayLaterWhenThereIsAnOffset() {
        long hour = Duration.ofHours(1).toMillis();

        assertThat(WalkPosition.at(MIDNIGHT.plus(Duration.ofHours(1)), hour)).isEqualTo(at(Duration.ZERO));
        assertThat(WalkPosition.at(MIDNIGHT, hour).day())
                .isEqualTo(at(Duration.ZERO).day() - 1);
    }

    @Test
    void walkShouldVisitNothingWhenItIsThereAlready() {
        WalkPosition noon = at(Duration.ofHours(12));

        assertThat(noon.to(noon)).isEmpty();
        assertThat(noon.to(at(Duration.ofHours(11)))).isEmpty();
        assertThat(noon.to(at(Duration.ofHours(-1)))).isEmpty();
    }

    @Test
    void walkShouldVisitEachPlaceOnceADayWhateverItsSteps() {
        List<Stretch> stretches = new ArrayList<>();
        WalkPosition position = at(Duration.ofHours(5));
        for (int hour = 8; hour <= 5 + 48; hour += 9) {
            WalkPosition next = at(Duration.ofHours(hour));
            stretches.addAll(position.to(next));
            position = next;
        }

        assertThat(visits(stretches, at(Duration.ofHours(6)).place())).isEqualTo(2);
        assertThat(visits(stretches, at(Duration.ofHours(23)).place())).isEqualTo(2);
        assertThat(visits(stretches, Long.MAX_VALUE)).isEqualTo(2);
        assertThat(visits(stretches, 0)).isEqualTo(2);
    }

    @Test
    void walkShouldVisitEachPlaceOnceWhenItIsLateByDays() {
        List<Stretch> stretches = at(Duration.ofHours(5)).to(at(Duration.ofHours(24 * 7 + 3)));

        for (long place : new long[] {0, 1, HALF, at(Duration.ofHours(3)).place(), Long.MAX_VALUE}) {
            assertThat(visits(stretches, place)).as("place " + place).isEqualTo(1);
        }
    }

    @Test
    void walkShouldVisitEachPlaceOnceWhenItIsLateByADayAndAnHour() {
        List<Stretch> stretches = at(Duration.ofHours(5)).to(at(Duration.ofHours(24 + 6)));

        assertThat(visits(stretches, at(Duration.ofMinutes(5 * 60 + 30)).place()))
                .isEqualTo(1);
        assertThat(visits(stretches, at(Duration.ofHours(4)).place())).isEqualTo(1);
        assertThat(visits(stretches, at(Duration.ofHours(7)).place())).isEqualTo(1);
    }

    private static long visits(List<Stretch> stretches, long place) {
        return stretches.stream()
                .filter(stretch -> stretch.after() < place && place <= stretch.upTo())
                .count();
    }

    @Test
    void walkShouldTellHowLateItIs() {
        WalkPosition target = at(Duration.ofHours(30));

        assertThat(at(Duration.ofHours(5)).millisBehind(target))
                .isEqualTo(Duration.ofHours(25).toMillis());
        assertThat(target.millisBehind(at(Duration.ofHours(5)))).isZero();
    }
}
