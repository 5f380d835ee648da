package org.jameschatmail.guice.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.dkim.MessageSigner;
import org.jameschatmail.core.outgoing.Attempt;
import org.jameschatmail.core.outgoing.Diagnosis;
import org.jameschatmail.core.outgoing.RecipientOutcome;
import org.jameschatmail.core.outgoing.RetrySchedule;
import org.jameschatmail.guice.Configurations;
import org.jameschatmail.guice.queue.JdbcMailQueueFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DispatcherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RetrySchedule PATIENT = new RetrySchedule(Duration.ofHours(1), Duration.ofDays(2));
    private static final RetrySchedule HASTY = new RetrySchedule(Duration.ofMillis(10), Duration.ofMillis(500));

    @RegisterExtension
    static final OutgoingDatabase DATABASE = OutgoingDatabase.derby();

    private final Clock clock = Clock.systemUTC();
    private final OutgoingQueue queue = new OutgoingQueue(DATABASE.dataSource(), clock);
    private final JdbcMailQueueFactory queues = new JdbcMailQueueFactory(
            DATABASE.dataSource(),
            new RawMailQueueItemDecoratorFactory(),
            new RecordingMetricFactory(),
            new NoopGaugeRegistry(),
            clock);
    private final MemoryCourier courier = new MemoryCourier();
    private Dispatcher dispatcher;

    @AfterEach
    void stop() {
        if (dispatcher != null) {
            dispatcher.close();
        }
        queues.close();
    }

    private Dispatcher start(RetrySchedule schedule) {
        FailureReports reports =
                new FailureReports(queue, queues, Configurations.with(Map.of("domain", "here.test")), clock);
        Delivery delivery = new Delivery(
                queue,
                courier,
                () -> new MessageSigner(new MailDomain("here.test"), List.of()),
                schedule,
                reports,
                new RecordingMetricFactory(),
                clock);
        dispatcher = new Dispatcher(queue, delivery, schedule, clock);
        dispatcher.start();
        return dispatcher;
    }

    private void send(String text, String... recipients) throws Exception {
        byte[] octets = ("Message-ID: <m@here.test>\r\n\r\n" + text).getBytes(StandardCharsets.US_ASCII);
        queue.add(new OutgoingMail(Optional.of("alice@here.test"), List.of(recipients), out -> out.write(octets)));
    }

    private static long count(List<String> all, String one) {
        return all.stream().filter(one::equals).count();
    }

    private static long reports() throws Exception {
        return DATABASE.rows("mail_queue_item");
    }

    @Test
    void messagesShouldBeDeliveredAndForgotten() throws Exception {
        start(PATIENT);

        send("one", "a@peer.test", "b@peer.test", "c@other.test");

        await().atMost(PATIENCE).until(() -> queue.size() == 0);
        assertThat(courier.delivered()).containsExactlyInAnyOrder("peer.test one", "other.test one");
        assertThat(DATABASE.rows("mail_queue_body")).isZero();
        assertThat(reports()).isZero();
    }

    @Test
    void messagesShouldBeTakenUpByTheNextStart() throws Exception {
        send("one", "a@peer.test");
        send("two", "a@peer.test");

        start(PATIENT);

        await().atMost(PATIENCE).until(() -> queue.size() == 0);
        assertThat(courier.delivered()).containsExactlyInAnyOrder("peer.test one", "peer.test two");
    }

    @Test
    void eachMessageShouldBeDeliveredOnceWhenThereAreMoreThanMemoryHolds() throws Exception {
        for (int number = 0; number < 1500; number++) {
            send("m" + number, "a@peer.test");
        }

        start(PATIENT);
        for (int number = 1500; number < 1600; number++) {
            send("m" + number, "a@peer.test");
        }

        await().atMost(PATIENCE).until(() -> queue.size() == 0);
        assertThat(courier.delivered()).doesNotHaveDuplicates().hasSize(1600);
    }

    @Test
    void blackHoleShouldGetOneTryAndHoldUpNobody() throws Exception {
        courier.swallow("dead.test");
        for (int number = 0; number < 1000; number++) {
            send("m" + number, "a@dead.test");
        }
        start(PATIENT);
        await().atMost(PATIENCE).until(() -> !courier.attempted().isEmpty());

        for (int number = 0; number < 100; number++) {
            send("m" + number, "a@peer.test");
        }

        await().atMost(PATIENCE).until(() -> courier.delivered().size() == 100);
        assertThat(count(courier.attempted(), "dead.test")).isEqualTo(1);
        assertThat(queue.first("dead.test", 2000)).hasSize(1000);
    }

    @Test
    void knownDomainShouldBeServedWhenThereAreMoreBlackHolesThanThreads() throws Exception {
        start(PATIENT);
        send("first", "a@peer.test");
        await().atMost(PATIENCE).until(() -> courier.delivered().size() == 1);

        String[] dead = IntStream.range(0, 300)
                .mapToObj(number -> "dead" + number + ".test")
                .peek(courier::swallow)
                .map(domain -> "a@" + domain)
                .toArray(String[]::new);
        send("lost", dead);
        await().atMost(PATIENCE).until(() -> courier.attempted().size() > 20);
        for (int number = 0; number < 50; number++) {
            send("m" + number, "a@peer.test");
        }

        await().atMost(PATIENCE).until(() -> courier.delivered().size() == 51);
        assertThat(courier.attempted().stream().filter(domain -> domain.startsWith("dead")))
                .hasSizeLessThan(64);
    }

    @Test
    void domainShouldPauseWhenItIsOutOfReach() throws Exception {
        courier.answer(MemoryCourier::unreached);
        Dispatcher running = start(PATIENT);
        for (int number = 0; number < 10; number++) {
            send("m" + number, "a@peer.test");
        }

        await().atMost(PATIENCE).until(() -> running.troubles().containsKey("peer.test"));
        assertThat(running.troubles().get("peer.test").diagnosis()).isEqualTo(MemoryCourier.SILENT);
        assertThat(courier.attempted()).hasSize(1);

        courier.answer(letter -> Attempt.answered(letter.recipients(), new RecipientOutcome.Delivered()));
        queue.makeDue("peer.test");
        running.reconsider("peer.test");

        await().atMost(PATIENCE).until(() -> courier.delivered().size() == 10);
        assertThat(running.troubles()).isEmpty();
    }

    @Test
    void senderShouldBeToldOfEachMessageWhenADomainStaysOutOfReach() throws Exception {
        courier.answer(MemoryCourier::unreached);
        for (int number = 0; number < 10; number++) {
            send("m" + number, "a@peer.test");
        }

        start(HASTY);

        await().atMost(PATIENCE).until(() -> queue.size() == 0);
        assertThat(reports()).isEqualTo(10);
    }

    @Test
    void messageShouldBeTriedAgainForThoseWhoHaveNotGotIt() throws Exception {
        Diagnosis later = Diagnosis.remote(450, "4.2.1 Later", "mx.peer.test");
        Diagnosis never = Diagnosis.remote(550, "5.1.1 Never", "mx.peer.test");
        courier.answer(letter -> letter.recipients().size() == 1
                ? Attempt.answered(letter.recipients(), new RecipientOutcome.Delivered())
                : new Attempt(
                        Map.of(
                                "a@peer.test", new RecipientOutcome.Delivered(),
                                "b@peer.test", new RecipientOutcome.Deferred(later),
                                "c@peer.test", new RecipientOutcome.Failed(never)),
                        true));

        start(new RetrySchedule(Duration.ofMillis(10), Duration.ofDays(2)));
        send("m", "a@peer.test", "b@peer.test", "c@peer.test");

        await().atMost(PATIENCE).until(() -> queue.size() == 0);
        assertThat(courier.delivered()).containsExactly("peer.test m", "peer.test m");
        assertThat(courier.attempted()).hasSize(2);
        assertThat(reports()).isEqualTo(1);
    }

    @Test
    void addressesShouldNotReachTheWireWhenTheyWouldEndACommand() throws Exception {
        start(PATIENT);

        send("m", "a>\r\nRSET@peer.test");
        send("m", "a b@peer.test");

        await().atMost(PATIENCE).until(() -> queue.size() == 0);
        assertThat(courier.attempted()).isEmpty();
        assertThat(reports()).isEqualTo(2);
    }

    @Test
    void messageShouldLeaveOnceWhenItsSenderCanNotBeTold() throws Exception {
        Diagnosis never = Diagnosis.remote(550, "5.1.1 Never", "mx.peer.test");
        courier.answer(letter -> new Attempt(
                Map.of(
                        "a@peer.test", new RecipientOutcome.Delivered(),
                        "b@peer.test", new RecipientOutcome.Failed(never)),
                true));
        start(HASTY);

        queue.add(new OutgoingMail(
                Optional.of("no_address@_.test"),
                List.of("a@peer.test", "b@peer.test"),
                out -> out.write("Subject: x\r\n\r\nm".getBytes(StandardCharsets.US_ASCII))));

        await().atMost(PATIENCE).until(() -> queue.size() == 0);
        assertThat(courier.delivered()).containsExactly("peer.test m");
        assertThat(reports()).isZero();
    }

    @Test
    void messagesShouldNotWaitForOneThatCanNotBeRead() throws Exception {
        send("torn", "a@peer.test");
        DATABASE.execute("DELETE FROM mail_queue_body");
        for (int number = 0; number < 5; number++) {
            send("m" + number, "a@peer.test");
        }

        start(new RetrySchedule(Duration.ofMillis(500), Duration.ofSeconds(2)));

        await().atMost(PATIENCE).until(() -> queue.size() == 0);
        assertThat(courier.delivered()).hasSize(5);
        assertThat(reports()).isEqualTo(1);
    }

    @Test
    void closeShouldLeaveWhatIsUnderWayToTheNextStart() throws Exception {
        courier.swallow("dead.test");
        start(PATIENT);
        send("m", "a@dead.test");
        await().atMost(PATIENCE).until(() -> !courier.attempted().isEmpty());

        dispatcher.close();

        OutgoingItem item = queue.acceptedUntil("dead.test", clock.instant(), 1).get(0);
        assertThat(item.attempts()).isZero();
        assertThat(item.recipients().get(0).last()).isEmpty();
    }
}
