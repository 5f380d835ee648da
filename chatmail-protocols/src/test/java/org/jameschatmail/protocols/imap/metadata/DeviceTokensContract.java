package org.jameschatmail.protocols.imap.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;

/** What each {@link DeviceTokens} does. */
public interface DeviceTokensContract {
    Username ALICE = Username.of("alice@example.org");
    Username BOB = Username.of("bob@example.org");
    DeviceToken FIRST = new DeviceToken("1111");
    DeviceToken SECOND = new DeviceToken("2222");

    DeviceTokens subject();

    /** The clock of the subject. */
    AdvancingClock clock();

    @Test
    default void listShouldBeEmptyWhenNothingWasAdded() {
        assertThat(subject().list(ALICE)).isEmpty();
    }

    @Test
    default void listShouldKeepTheOrderOfFirstAddition() {
        subject().add(ALICE, SECOND);
        subject().add(ALICE, FIRST);
        clock().advance(Duration.ofMinutes(1));
        subject().add(ALICE, SECOND);

        assertThat(subject().list(ALICE)).containsExactly(SECOND, FIRST);
    }

    @Test
    default void listShouldNotShowTokensOfOthers() {
        subject().add(ALICE, FIRST);

        assertThat(subject().list(BOB)).isEmpty();
    }

    @Test
    default void addShouldKeepTheLongestTokenByteForByte() {
        DeviceToken longest = new DeviceToken("openpgp:" + "Aa+/=".repeat(817) + "xyz");
        subject().add(ALICE, longest);

        assertThat(longest.value()).hasSize(DeviceToken.MAX_LENGTH);
        assertThat(subject().list(ALICE)).containsExactly(longest);
    }

    @Test
    default void addShouldDropTheLeastRenewedWhenFull() {
        for (int i = 0; i < DeviceTokens.MAX_PER_ACCOUNT; i++) {
            subject().add(ALICE, new DeviceToken("token" + i));
            clock().advance(Duration.ofSeconds(1));
        }
        subject().add(ALICE, new DeviceToken("token0"));
        clock().advance(Duration.ofSeconds(1));
        subject().add(ALICE, FIRST);

        assertThat(subject().list(ALICE))
                .hasSize(DeviceTokens.MAX_PER_ACCOUNT)
                .contains(FIRST, new DeviceToken("token0"))
                .doesNotContain(new DeviceToken("token1"));
    }

    @Test
    default void removeShouldLeaveOtherTokens() {
        subject().add(ALICE, FIRST);
        subject().add(ALICE, SECOND);
        subject().add(BOB, FIRST);

        subject().remove(ALICE, FIRST);

        assertThat(subject().list(ALICE)).containsExactly(SECOND);
        assertThat(subject().list(BOB)).containsExactly(FIRST);
    }

    @Test
    default void removeShouldDoNothingWhenTokenIsUnknown() {
        subject().remove(ALICE, FIRST);

        assertThat(subject().list(ALICE)).isEmpty();
    }

    @Test
    default void removeAllShouldLeaveOtherAccounts() {
        subject().add(ALICE, FIRST);
        subject().add(BOB, FIRST);

        subject().removeAll(ALICE);

        assertThat(subject().list(ALICE)).isEmpty();
        assertThat(subject().list(BOB)).containsExactly(FIRST);
    }

    @Test
    default void removeRenewedBeforeShouldSpareRenewedTokens() {
        subject().add(ALICE, FIRST);
        subject().add(ALICE, SECOND);
        clock().advance(Duration.ofDays(90));
        subject().add(ALICE, FIRST);
        Instant limit = clock().instant();

        assertThat(subject().removeRenewedBefore(limit)).isOne();
        assertThat(subject().list(ALICE)).containsExactly(FIRST);
    }

    @Test
    default void addShouldSucceedWhenSeveralDevicesRace() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> additions = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                DeviceToken token = new DeviceToken("token" + i % 10);
                additions.add(() -> {
                    subject().add(ALICE, token);
                    return true;
                });
            }
            for (Future<Boolean> addition : threads.invokeAll(additions, 30, TimeUnit.SECONDS)) {
                assertThat(addition.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(subject().list(ALICE)).hasSize(10);
    }
}
