package org.jameschatmail.guice.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jameschatmail.core.outgoing.Diagnosis;
import org.jameschatmail.core.outgoing.RetrySchedule;
import org.jameschatmail.guice.outgoing.Delivery.Report;
import org.jameschatmail.guice.outgoing.Lane.Standing;
import org.jameschatmail.guice.outgoing.OutgoingItem.Place;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final RetrySchedule SCHEDULE = new RetrySchedule(Duration.ofSeconds(60), Duration.ofDays(2));
    private static final Diagnosis SILENT = Diagnosis.ours(451, "4.4.1", "No answer");
    private static final Report TAKEN = new Report(Optional.empty(), Optional.empty(), Optional.empty());

    private final Lane lane = new Lane("peer.test", 3, false);

    private static Place place(String id, int seconds) {
        return new Place("peer.test", id, NOW.plusSeconds(seconds));
    }

    private void settle(Place taken, Report report) {
        lane.settle(taken, report, Duration.ZERO, SCHEDULE, NOW, 0);
    }

    private static Report unreached(Place again, Optional<Instant> firstEnd) {
        return new Report(Optional.of(again), Optional.of(SILENT), firstEnd);
    }

    @Test
    void messagesShouldComeByDueTime() {
        lane.offer(place("b", 1));
        lane.offer(place("a", 2));
        lane.offer(place("c", 0));
        lane.offer(place("c", 0));

        assertThat(lane.take().id()).isEqualTo("c");
        settle(place("c", 0), TAKEN);
        assertThat(lane.nextTurn()).contains(NOW.plusSeconds(1));
        assertThat(lane.take().id()).isEqualTo("b");
        assertThat(lane.take().id()).isEqualTo("a");
    }

    @Test
    void oneMessageShouldTryADomainBeforeSeveralGoAtOnce() {
        IntStream.range(0, 3).forEach(number -> lane.offer(place("m" + number, 0)));
        Place first = lane.take();
        assertThat(lane.nextTurn()).isEmpty();
        assertThat(lane.standing()).isEqualTo(Standing.FRESH);

        settle(first, TAKEN);

        assertThat(lane.standing()).isEqualTo(Standing.PROVEN);
        lane.take();
        assertThat(lane.nextTurn()).contains(NOW);
    }

    @Test
    void domainShouldCompeteForLessWhenItIsSlow() {
        lane.offer(place("a", 0));

        lane.settle(lane.take(), TAKEN, Duration.ofSeconds(6), SCHEDULE, NOW, 0);

        assertThat(lane.standing()).isEqualTo(Standing.FRESH);
    }

    @Test
    void domainShouldPauseAsAWholeWhenItIsOutOfReach() {
        lane.offer(place("a", 0));
        lane.offer(place("b", 0));

        settle(lane.take(), unreached(place("a", 90), Optional.empty()));

        assertThat(lane.standing()).isEqualTo(Standing.FAILING);
        assertThat(lane.trouble()).contains(SILENT);
        assertThat(lane.nextTurn()).contains(NOW.plusSeconds(60));
        assertThat(lane.take().id()).isEqualTo("b");
        assertThat(lane.nextTurn()).isEmpty();
    }

    @Test
    void pauseShouldGrowWithEachTryAndNotWithThoseThatWereUnderWay() {
        Lane proven = new Lane("peer.test", 3, true);
        IntStream.range(0, 3).forEach(number -> proven.offer(place("m" + number, 0)));
        List<Place> taken = List.of(proven.take(), proven.take(), proven.take());
        for (Place place : taken) {
            proven.settle(place, unreached(place, Optional.empty()), Duration.ZERO, SCHEDULE, NOW, 0);
        }
        assertThat(proven.pausedUntil()).isEqualTo(NOW.plusSeconds(60));

        Instant later = NOW.plusSeconds(60);
        Place probe = proven.take();
        proven.settle(probe, unreached(probe, Optional.empty()), Duration.ZERO, SCHEDULE, later, 0);

        assertThat(proven.pausedUntil()).isEqualTo(later.plusSeconds(120));
    }

    @Test
    void pauseShouldEndWhenTheOldestMessageDoes() {
        lane.offer(place("a", 0));

        settle(lane.take(), unreached(place("a", 90), Optional.of(NOW.plusSeconds(5))));

        assertThat(lane.pausedUntil()).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void pauseShouldBeOverWhenTheDomainAnswers() {
        lane.offer(place("a", 0));
        lane.offer(place("b", 0));
        settle(lane.take(), unreached(place("a", 90), Optional.empty()));

        settle(lane.take(), TAKEN);

        assertThat(lane.trouble()).isEmpty();
        assertThat(lane.nextTurn()).contains(NOW.plusSeconds(90));
    }

    @Test
    void laneShouldKeepTheFirstInMemoryAndReadTheRestLater() {
        IntStream.range(0, 5).forEach(number -> lane.offer(place("m" + number, number)));
        assertThat(lane.beginReading()).isFalse();
        for (int number = 0; number < 3; number++) {
            Place taken = lane.take();
            assertThat(taken.id()).isEqualTo("m" + number);
            settle(taken, TAKEN);
        }
        assertThat(lane.isIdle()).isFalse();

        assertThat(lane.beginReading()).isTrue();
        assertThat(lane.beginReading()).isFalse();
        lane.endReading(List.of(place("m3", 3), place("m4", 4)), lane.readingLimit());

        assertThat(lane.take().id()).isEqualTo("m3");
        settle(place("m3", 3), TAKEN);
        assertThat(lane.take().id()).isEqualTo("m4");
        settle(place("m4", 4), TAKEN);
        assertThat(lane.isIdle()).isTrue();
    }

    @Test
    void messageShouldNotWaitBehindThoseThatAreDueLaterWhenMemoryIsFull() {
        IntStream.range(0, 5).forEach(number -> lane.offer(place("later" + number, 7200)));

        lane.offer(place("now", 0));

        assertThat(lane.take().id()).isEqualTo("now");
    }

    @Test
    void messageShouldNotBeMissedWhenItComesWhileTheTableIsRead() {
        lane.reset();
        lane.beginReading();
        lane.offer(place("meanwhile", 5));

        lane.endReading(List.of(place("a", 0)), lane.readingLimit());

        assertThat(lane.take().id()).isEqualTo("a");
        settle(place("a", 0), TAKEN);
        assertThat(lane.take().id()).isEqualTo("meanwhile");
    }

    @Test
    void messageShouldNotComeTwiceWhenItIsSettledWhileTheTableIsRead() {
        lane.offer(place("a", 0));
        Place taken = lane.take();
        lane.reset();
        lane.beginReading();

        settle(taken, TAKEN);
        lane.endReading(List.of(place("a", 0)), lane.readingLimit());

        assertThat(lane.nextTurn()).isEmpty();
        assertThat(lane.isIdle()).isTrue();
    }

    @Test
    void rowsOfOneMomentShouldAllComeWhenTheyDoNotFitIntoMemory() {
        lane.reset();
        lane.beginReading();
        lane.endReading(List.of(place("a", 0), place("b", 0), place("c", 0)), lane.readingLimit());
        for (String id : List.of("a", "b", "c")) {
            Place taken = lane.take();
            assertThat(taken.id()).isEqualTo(id);
            settle(taken, TAKEN);
        }

        assertThat(lane.beginReading()).isTrue();
        lane.endReading(List.of(place("d", 0)), lane.readingLimit());

        assertThat(lane.take().id()).isEqualTo("d");
    }

    @Test
    void tableShouldBeReadAgainWhenItChangedWhileItWasRead() {
        lane.reset();
        lane.beginReading();
        lane.reset();
        lane.endReading(List.of(place("a", 7200)), lane.readingLimit());

        assertThat(lane.beginReading()).isTrue();
        lane.endReading(List.of(place("a", 0)), lane.readingLimit());

        assertThat(lane.nextTurn()).contains(NOW);
    }
}
