package org.jameschatmail.protocols.imap.selection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.james.mailbox.MessageSequenceNumber;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.SearchQuery.UidRange;
import org.junit.jupiter.api.Test;

class MessageNumbersTest {
    private final MessageNumbers subject = new MessageNumbers();

    @Test
    void messagesShouldBeNumberedWhenTheClientIsTold() {
        subject.list(uids(1, 5));
        subject.arrive(uid(6));
        assertThat(subject.count()).isEqualTo(2);

        assertThat(subject.number()).isEqualTo(uids(6));
        assertThat(numbers(1, 5, 6)).containsExactly(1, 2, 3);
        assertThat(subject.number()).isEmpty();
    }

    @Test
    void laterMessageShouldNotTakeTheNumberOfTheEarlierWhenItIsHeardOfFirst() {
        subject.list(uids(1, 2));

        subject.arrive(uid(4));
        assertThat(subject.number()).isEmpty();

        subject.arrive(uid(3));
        assertThat(subject.number()).isEqualTo(uids(3, 4));
        assertThat(numbers(3, 4)).containsExactly(3, 4);
    }

    @Test
    void missingMessagesShouldGetTheirNumbersWhenTheyAreFound() {
        subject.list(uids(1));
        subject.arrive(uid(4));
        UidRange gap = subject.gap().orElseThrow();
        assertThat(List.of(gap.getLowValue(), gap.getHighValue())).isEqualTo(uids(2, 4));

        subject.fill(gap, uids(2, 4));

        assertThat(subject.gap()).isEmpty();
        assertThat(subject.number()).isEqualTo(uids(2, 4));
        assertThat(numbers(2, 4)).containsExactly(2, 3);
    }

    @Test
    void messageShouldKeepItsNumberWhenItIsHeardOfAfterItWasFound() {
        subject.list(uids());
        subject.arrive(uid(2));
        subject.fill(subject.gap().orElseThrow(), uids(1, 2));
        subject.number();

        subject.arrive(uid(1));

        assertThat(subject.number()).isEmpty();
        assertThat(numbers(1, 2)).containsExactly(1, 2);
    }

    @Test
    void nothingShouldBeMissingWhenMessagesArriveInTheirOrder() {
        subject.list(uids(7));
        subject.arrive(uid(8));
        subject.arrive(uid(9));

        assertThat(subject.gap()).isEmpty();
    }

    @Test
    void nothingShouldBeMissingBeforeTheListIsThere() {
        subject.arrive(uid(9));

        assertThat(subject.gap()).isEmpty();
        assertThat(subject.number()).isEmpty();
    }

    @Test
    void messageShouldHaveItsNumberOnceWhenItIsHeardOfBeforeAndAfterTheList() {
        subject.arrive(uid(2));
        subject.list(uids(1, 2));
        subject.arrive(uid(1));

        assertThat(subject.number()).isEmpty();
        assertThat(numbers(1, 2)).containsExactly(1, 2);
    }

    @Test
    void messageShouldGetNoNumberWhenItWasExpungedBeforeItWasHeardOf() {
        assertThat(subject.vanish(uid(2))).isFalse();
        subject.list(uids(1, 2, 3));
        assertThat(numbers(1, 3)).containsExactly(1, 2);

        subject.vanish(uid(4));
        subject.arrive(uid(5));
        subject.arrive(uid(4));
        assertThat(subject.number()).isEqualTo(uids(5));
    }

    @Test
    void messageShouldGetNoNumberWhenItIsHeardOfAfterItsExpungeAndBeforeTheOneBeforeIt() {
        subject.list(uids(1));
        subject.vanish(uid(3));
        subject.arrive(uid(3));
        subject.arrive(uid(2));
        subject.arrive(uid(4));

        assertThat(subject.number()).isEqualTo(uids(2, 4));
    }

    @Test
    void messageShouldGetNoNumberWhenItWasExpungedWhileItWasLookedFor() {
        subject.list(uids(1));
        subject.arrive(uid(4));
        UidRange gap = subject.gap().orElseThrow();

        subject.vanish(uid(3));
        subject.fill(gap, uids(2, 3, 4));

        assertThat(subject.number()).isEqualTo(uids(2, 4));
    }

    @Test
    void messageShouldBeNumberedInItsPlaceWhenItWasHeardOfAndIsNotListed() {
        subject.arrive(uid(2));
        subject.list(uids(1, 3));

        assertThat(subject.number()).isEqualTo(uids(2));
        assertThat(numbers(1, 2, 3)).containsExactly(1, 2, 3);
    }

    @Test
    void goneMessagesShouldBeForgottenWhenAllBeforeThemIsKnown() {
        subject.vanish(uid(1));
        subject.vanish(uid(2));
        subject.list(uids(1, 3));
        assertThat(subject.goneBefore()).isZero();

        subject.vanish(uid(5));
        assertThat(subject.goneBefore()).isEqualTo(1);
        subject.arrive(uid(4));
        assertThat(subject.goneBefore()).isZero();

        subject.vanish(uid(7));
        subject.arrive(uid(9));
        subject.fill(subject.gap().orElseThrow(), uids(6, 9));
        assertThat(subject.goneBefore()).isZero();
        assertThat(subject.number()).isEqualTo(uids(4, 6, 9));
    }

    @Test
    void goneMessagesShouldBeBoundedWhenNothingArrives() {
        subject.list(uids(1));
        LongStream.range(3, 5003).forEach(gone -> subject.vanish(uid(gone)));

        assertThat(subject.goneBefore()).isEqualTo(MessageNumbers.MOST_GONE);
    }

    /** What an arrival costs is seen in the memory that is taken for it: the whole mailbox has millions of octets. */
    @Test
    void arrivalShouldCostLittleWhenTheMailboxIsLarge() {
        int present = 100_000;
        int arriving = 1_000;
        subject.list(uids(LongStream.rangeClosed(1, present).toArray()));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (long next = present + 1; next <= present + arriving; next++) {
            subject.arrive(uid(next));
            assertThat(subject.number()).hasSize(1);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(subject.count()).isEqualTo(present + arriving);
        assertThat(allocated / arriving).isPositive().isLessThan(50_000);
    }

    @Test
    void expungedMessageShouldKeepItsNumberUntilTheClientIsTold() {
        subject.list(uids(1, 2, 3));

        assertThat(subject.vanish(uid(2))).isTrue();
        assertThat(numbers(1, 2, 3)).containsExactly(1, 2, 3);

        subject.remove(uid(2));
        assertThat(numbers(1, 3)).containsExactly(1, 2);
    }

    @Test
    void nearestMessagesShouldBeFound() {
        subject.list(uids(3, 5, 9));

        assertThat(subject.atOrAfter(uid(1))).contains(uid(3));
        assertThat(subject.atOrAfter(uid(5))).contains(uid(5));
        assertThat(subject.atOrAfter(uid(10))).isEmpty();
        assertThat(subject.atOrBefore(uid(2))).isEmpty();
        assertThat(subject.atOrBefore(uid(8))).contains(uid(5));
        assertThat(subject.atOrBefore(MessageUid.of(Long.MAX_VALUE))).contains(uid(9));
    }

    /** The number of each; 0 without one. */
    private List<Integer> numbers(long... uids) {
        return LongStream.of(uids).mapToObj(this::number).toList();
    }

    private int number(long uid) {
        return subject.of(uid(uid)).foldSilent(() -> 0, MessageSequenceNumber::asInt);
    }

    private static List<MessageUid> uids(long... uids) {
        return LongStream.of(uids).mapToObj(MessageUid::of).toList();
    }

    private static MessageUid uid(long uid) {
        return MessageUid.of(uid);
    }
}
