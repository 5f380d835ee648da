package org.jameschatmail.guice.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.james.core.Username;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.jameschatmail.protocols.imap.metadata.DeviceToken;
import org.jameschatmail.protocols.imap.metadata.DeviceTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What devices and the proxy see of the sender, on each database. Time passes by the fake clock alone. */
abstract class PushSenderContract {
    private static final Username ALICE = Username.of("alice@chat.example");
    private static final Username BOB = Username.of("bob@chat.example");
    private static final DeviceToken PHONE = new DeviceToken("openpgp:phone+/=");
    private static final DeviceToken TABLET = new DeviceToken("fcm-chat.delta:tablet");

    private final ProxyServer proxy = new ProxyServer();
    private final RecordingMetricFactory metrics = new RecordingMetricFactory();
    private final List<PushSender> senders = new ArrayList<>();
    private DeviceTokens tokens;
    private JdbcPushQueue queue;

    abstract PushDatabase database();

    @BeforeEach
    void open() throws SQLException {
        tokens = database().newTokens();
        queue = database().newQueue();
    }

    @AfterEach
    void close() {
        senders.forEach(PushSender::close);
        proxy.close();
    }

    private PushSender start() {
        PushSender sender = new PushSender(
                queue,
                tokens,
                new NotificationProxy(proxy.url()),
                metrics,
                database().clock());
        senders.add(sender);
        sender.start();
        return sender;
    }

    private void awaitRequests(int count) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(proxy.requests()).hasSize(count));
    }

    private void awaitRows(int count) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(database().rows()).isEqualTo(count));
    }

    private int count(String metric) {
        return metrics.countFor(metric);
    }

    private void awaitFailures(int count) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(count("chatmail.push.failed")).isEqualTo(count));
    }

    @Test
    void deviceShouldBeToldOnceWhenTheProxyTakesIt() throws Exception {
        tokens.add(ALICE, PHONE);
        tokens.add(ALICE, TABLET);
        start();

        queue.add(ALICE);

        awaitRows(0);
        assertThat(proxy.requests()).containsExactlyInAnyOrder("POST openpgp:phone+/=", "POST fcm-chat.delta:tablet");
        assertThat(count("chatmail.push.sent")).isEqualTo(2);
        assertThat(count("chatmail.push.failed")).isZero();
    }

    @Test
    void tokenShouldBeRemovedWhenTheProxyCallsItGone() throws Exception {
        tokens.add(ALICE, PHONE);
        tokens.add(ALICE, TABLET);
        tokens.add(BOB, PHONE);
        proxy.answers(token -> token.equals(PHONE.value()) ? 410 : 200);
        start();

        queue.add(ALICE);

        awaitRows(0);
        assertThat(tokens.list(ALICE)).containsExactly(TABLET);
        assertThat(tokens.list(BOB)).containsExactly(PHONE);
        assertThat(count("chatmail.push.failed")).isZero();
    }

    @Test
    void requestShouldBeRepeatedWhenTheProxyFails() throws Exception {
        tokens.add(ALICE, PHONE);
        proxy.answers(token -> 400);
        PushSender sender = start();
        queue.add(ALICE);

        int failures = 1;
        awaitFailures(failures);
        for (long seconds : new long[] {8, 64, 512, 4096}) {
            database().clock().advance(Duration.ofSeconds(seconds).minusMillis(1));
            sender.wakeUp();
            await().until(() -> queue.nextDue().isPresent());
            assertThat(proxy.requests()).hasSize(failures);
            database().clock().advance(Duration.ofMillis(1));
            sender.wakeUp();
            awaitFailures(++failures);
        }

        awaitRows(0);
        assertThat(proxy.requests()).hasSize(5);
        assertThat(count("chatmail.push.dropped")).isOne();
        assertThat(tokens.list(ALICE)).containsExactly(PHONE);
    }

    @Test
    void notificationShouldBeDroppedWhenItIsFiveHoursOld() throws Exception {
        tokens.add(ALICE, PHONE);
        queue.add(ALICE);
        database().clock().advance(Duration.ofHours(5));

        start();

        awaitRows(0);
        assertThat(proxy.requests()).isEmpty();
        assertThat(count("chatmail.push.dropped")).isOne();
    }

    @Test
    void proxyShouldBeLeftInPeaceWhenItIsInTrouble() throws Exception {
        List<Username> owners = IntStream.range(0, 100)
                .mapToObj(number -> Username.of("owner" + number + "@chat.example"))
                .toList();
        for (Username owner : owners) {
            tokens.add(owner, new DeviceToken("of-" + owner.getLocalPart()));
            queue.add(owner);
        }
        proxy.answers(token -> 503);
        PushSender sender = start();

        await().atMost(Duration.ofMinutes(1)).until(() -> {
            int requests = proxy.requests().size();
            return requests > 0 && count("chatmail.push.failed") == requests;
        });
        int first = proxy.requests().size();
        assertThat(first).isLessThanOrEqualTo(16);
        database().clock().advance(Duration.ofSeconds(8));
        sender.wakeUp();
        awaitFailures(first + 1);
        database().clock().advance(Duration.ofSeconds(15));
        sender.wakeUp();
        proxy.answers(token -> 200);
        assertThat(proxy.requests()).hasSize(first + 1);

        database().clock().advance(Duration.ofSeconds(1));
        sender.wakeUp();
        database().clock().advance(Duration.ofSeconds(64));
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            sender.wakeUp();
            return database().rows() == 0;
        });
        assertThat(count("chatmail.push.sent")).isEqualTo(100);
    }

    @Test
    void messageShouldBeToldWhenItCameDuringTheRequest() throws Exception {
        tokens.add(ALICE, PHONE);
        CountDownLatch answer = new CountDownLatch(1);
        proxy.waitsFor(answer);
        start();
        queue.add(ALICE);
        awaitRequests(1);

        queue.add(ALICE);
        queue.add(ALICE);
        answer.countDown();

        awaitRows(0);
        assertThat(proxy.requests()).hasSize(2);
    }

    @Test
    void requestsShouldBeBoundedWhenTheProxyIsSlow() throws Exception {
        List<Username> owners = IntStream.range(0, 50)
                .mapToObj(number -> Username.of("owner" + number + "@chat.example"))
                .toList();
        CountDownLatch answer = new CountDownLatch(1);
        proxy.waitsFor(answer);
        start();
        for (Username owner : owners) {
            tokens.add(owner, PHONE);
            queue.add(owner);
        }
        awaitRequests(16);
        queue.add(owners.get(49));
        assertThat(proxy.requests()).hasSize(16);

        answer.countDown();

        awaitRows(0);
        assertThat(proxy.requests()).hasSizeBetween(50, 51);
    }

    @Test
    void queueShouldBeSentWhenTheServerStartsAgain() throws Exception {
        tokens.add(ALICE, PHONE);
        CountDownLatch never = new CountDownLatch(1);
        proxy.waitsFor(never);
        PushSender first = start();
        queue.add(ALICE);
        awaitRequests(1);
        first.close();
        proxy.waitsFor(new CountDownLatch(0));

        start();

        awaitRows(0);
        assertThat(proxy.requests()).isEqualTo(Collections.nCopies(2, "POST " + PHONE.value()));
    }

    @Test
    void nobodyShouldBeToldWhenTheDeviceIsForgotten() throws Exception {
        tokens.add(ALICE, PHONE);
        queue.add(ALICE);
        tokens.removeAll(ALICE);

        start();

        awaitRows(0);
        assertThat(proxy.requests()).isEmpty();
        assertThat(count("chatmail.push.dropped")).isZero();
    }

    @Test
    void tokenShouldExpireWhenItIsNotRenewedForNinetyDays() {
        tokens.add(ALICE, PHONE);
        database().clock().advance(Duration.ofDays(45));
        tokens.add(ALICE, TABLET);
        database().clock().advance(Duration.ofDays(45).plusMillis(1));

        start();

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(tokens.list(ALICE)).containsExactly(TABLET));
    }

    @Test
    void notificationShouldWaitWhenNobodyListensAtTheProxy() throws Exception {
        tokens.add(ALICE, PHONE);
        proxy.close();
        start();

        queue.add(ALICE);

        awaitFailures(1);
        assertThat(database().rows()).isOne();
        assertThat(tokens.list(ALICE)).containsExactly(PHONE);
    }
}
