package org.jameschatmail.protocols.imap.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.apache.james.mailbox.MessageUid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UidRunsTest {
    private final UidRuns runs = new UidRuns();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void setShouldDoAsATreeDoesWhenChangedAtRandom(long seed) {
        Random random = new Random(seed);
        TreeSet<MessageUid> tree = new TreeSet<>();
        for (int i = 0; i < 2_000; i++) {
            MessageUid uid = MessageUid.of(1 + random.nextInt(60));
            if (random.nextBoolean()) {
                assertThat(runs.add(uid)).isEqualTo(tree.add(uid));
            } else {
                assertThat(runs.remove(uid)).isEqualTo(tree.remove(uid));
            }
            assertThat(runs.size()).isEqualTo(tree.size());
            assertThat(runs.contains(uid)).isEqualTo(tree.contains(uid));
            assertThat(runs.stream()).containsExactlyElementsOf(tree);
        }
    }

    @Test
    void setShouldBeOneRunWhenUidsFollowOneAnother() {
        for (long uid : new long[] {7, 5, 6, 9, 8}) {
            runs.add(MessageUid.of(uid));
        }
        assertThat(runs.runs()).isEqualTo(1);
        runs.remove(MessageUid.of(7));
        assertThat(runs.runs()).isEqualTo(2);
    }

    @Test
    void setShouldTakeTheHighestUid() {
        MessageUid highest = MessageUid.MAX_VALUE;
        assertThat(runs.add(highest)).isTrue();
        assertThat(runs.contains(highest)).isTrue();
        assertThat(runs.remove(highest)).isTrue();
        assertThat(runs.size()).isZero();
    }
}
