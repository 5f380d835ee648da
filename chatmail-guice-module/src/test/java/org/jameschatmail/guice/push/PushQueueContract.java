package org.jameschatmail.guice.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.james.core.Username;
import org.jameschatmail.protocols.imap.metadata.AdvancingClock;
import org.jameschatmail.protocols.imap.metadata.DeviceToken;
import org.jameschatmail.protocols.imap.metadata.DeviceTokens;
import org.junit.jupiter.api.Test;

/** What the queue of notifications does on each database. */
interface PushQueueContract {
    Username ALICE = Username.of("alice@chat.example");
    Username BOB = Username.of("bob@chat.example");
    DeviceToken PHONE = new DeviceToken("openpgp:" + "phone+/=".repeat(400));
    DeviceToken TABLET = new DeviceToken("fcm-chat.delta:tablet");

    PushDatabase database();

    private AdvancingClock clock() {
        return database().clock();
    }

    private DeviceTokens tokens() {
        return database().newTokens();
    }

    @Test
    default void addShouldQueueOneForEachTokenOfEachOwner() throws Exception {
        tokens().add(ALICE, PHONE);
        tokens().add(ALICE, TABLET);
        tokens().add(BOB, TABLET);
        JdbcPushQueue queue = database().newQueue();

        try (Connection connection = database().connect()) {
            queue.add(connection, List.of(ALICE, BOB, Username.of("nobody@chat.example")));
        }

        assertThat(queue.due(10))
                .extracting(push -> push.owner().asString() + " " + push.token().map(DeviceToken::value))
                .containsExactlyInAnyOrder(
                        ALICE.asString() + " " + Optional.of(PHONE.value()),
                        ALICE.asString() + " " + Optional.of(TABLET.value()),
                        BOB.asString() + " " + Optional.of(TABLET.value()));
    }

    @Test
    default void addShouldReachAllWhenThereAreManyOwners() throws Exception {
        List<Username> owners = IntStream.range(0, 150)
                .mapToObj(number -> Username.of("owner" + number + "@chat.example"))
                .toList();
        owners.forEach(owner -> tokens().add(owner, PHONE));
        JdbcPushQueue queue = database().newQueue();

        try (Connection connection = database().connect()) {
            queue.add(connection, owners);
            queue.add(connection, owners);
        }

        assertThat(queue.due(1000)).extracting(QueuedPush::owner).containsExactlyInAnyOrderElementsOf(owners);
    }

    @Test
    default void addShouldQueueNothingWhenItIsRolledBack() throws Exception {
        tokens().add(ALICE, PHONE);
        JdbcPushQueue queue = database().newQueue();

        try (Connection connection = database().connect()) {
            connection.setAutoCommit(false);
            queue.add(connection, List.of(ALICE));
            connection.rollback();
        }

        assertThat(queue.due(10)).isEmpty();
    }

    @Test
    default void addShouldQueueNothingWhenTheTokenIsExpired() throws Exception {
        tokens().add(ALICE, PHONE);
        clock().advance(Duration.ofDays(90).plusMillis(1));
        tokens().add(ALICE, TABLET);
        JdbcPushQueue queue = database().newQueue();

        queue.add(ALICE);

        assertThat(queue.due(10)).extracting(QueuedPush::token).containsExactly(Optional.of(TABLET));
    }

    @Test
    default void addShouldTellTheListenerWhenThereIsSomethingToSend() throws Exception {
        JdbcPushQueue queue = database().newQueue();
        AtomicInteger told = new AtomicInteger();
        queue.tell(told::incrementAndGet);

        queue.add(ALICE);
        assertThat(told).hasValue(0);

        tokens().add(ALICE, PHONE);
        queue.add(ALICE);
        assertThat(told).hasValue(1);
    }

    @Test
    default void messageShouldJoinTheRowThatWaits() throws Exception {
        tokens().add(ALICE, PHONE);
        JdbcPushQueue queue = database().newQueue();
        queue.add(ALICE);
        QueuedPush sent = queue.due(10).get(0);

        queue.add(ALICE);

        assertThat(database().rows()).isOne();
        assertThat(queue.remove(sent)).isFalse();
        assertThat(queue.remove(queue.due(10).get(0))).isTrue();
        assertThat(database().rows()).isZero();
    }

    /** The sender must not take a row for sent while a message that isn't visible yet has joined it. */
    @Test
    default void removalShouldWaitForTheMessageThatJoins() throws Exception {
        tokens().add(ALICE, PHONE);
        JdbcPushQueue queue = database().newQueue();
        queue.add(ALICE);
        QueuedPush sent = queue.due(10).get(0);

        CompletableFuture<Boolean> removed;
        try (Connection connection = database().connect()) {
            connection.setAutoCommit(false);
            queue.add(connection, List.of(ALICE));
            removed = CompletableFuture.supplyAsync(() -> remove(queue, sent));
            assertThat(removed).isNotDone();
            connection.commit();
        }

        assertThat(removed.get(1, TimeUnit.MINUTES)).isFalse();
        assertThat(queue.due(10)).hasSize(1);
    }

    private static boolean remove(JdbcPushQueue queue, QueuedPush push) {
        try {
            return queue.remove(push);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    default void rowShouldBeDueWhenItsTimeHasCome() throws Exception {
        tokens().add(ALICE, PHONE);
        JdbcPushQueue queue = database().newQueue();
        queue.add(ALICE);
        Instant later = clock().instant().plusSeconds(64);

        queue.putOff(queue.due(10).get(0), later);

        assertThat(queue.due(10)).isEmpty();
        assertThat(queue.nextDue()).contains(later);
        clock().advance(Duration.ofSeconds(64));
        assertThat(queue.due(10)).extracting(QueuedPush::attempts).containsExactly(1);
        assertThat(queue.nextDue()).isEmpty();
    }

    @Test
    default void rowShouldBeDueSoonerWhenAMessageJoins() throws Exception {
        tokens().add(ALICE, PHONE);
        JdbcPushQueue queue = database().newQueue();
        queue.add(ALICE);
        queue.putOff(queue.due(10).get(0), clock().instant().plusSeconds(4096));

        queue.add(ALICE);

        assertThat(queue.nextDue()).contains(clock().instant().plusSeconds(8));
        clock().advance(Duration.ofSeconds(8));
        assertThat(queue.due(10)).extracting(QueuedPush::attempts).containsExactly(0);
    }

    @Test
    default void rowShouldHaveNoTokenWhenTheDeviceIsForgotten() throws Exception {
        tokens().add(ALICE, PHONE);
        JdbcPushQueue queue = database().newQueue();
        queue.add(ALICE);

        tokens().remove(ALICE, PHONE);

        assertThat(queue.due(10)).extracting(QueuedPush::token).containsExactly(Optional.empty());
    }

    @Test
    default void rowsShouldBeThereWhenTheServerStartsAgain() throws Exception {
        tokens().add(ALICE, PHONE);
        database().newQueue().add(ALICE);

        assertThat(database().newQueue().due(10)).extracting(QueuedPush::token).containsExactly(Optional.of(PHONE));
    }

    @Test
    default void removeAllShouldLeaveOtherAccounts() throws Exception {
        tokens().add(ALICE, PHONE);
        tokens().add(BOB, PHONE);
        JdbcPushQueue queue = database().newQueue();
        queue.add(ALICE);
        queue.add(BOB);

        queue.removeAll(ALICE);

        assertThat(queue.due(10)).extracting(QueuedPush::owner).containsExactly(BOB);
    }
}
