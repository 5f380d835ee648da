package org.jameschatmail.guice.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.mail.MessagingException;
import org.jameschatmail.core.outgoing.Diagnosis;
import org.jameschatmail.guice.outgoing.OutgoingItem.Place;
import org.jameschatmail.guice.outgoing.OutgoingQueue.Backlog;
import org.jameschatmail.guice.outgoing.OutgoingQueue.Consequence;
import org.junit.jupiter.api.Test;

/** What the queue of messages to other servers does on each database. */
interface OutgoingQueueContract {
    OutgoingDatabase database();

    private static OutgoingMail mail(String text, String... recipients) {
        return new OutgoingMail(
                Optional.of("alice@here.test"),
                List.of(recipients),
                out -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static OutgoingItem only(OutgoingQueue queue, String domain) throws Exception {
        List<Place> places = queue.first(domain, 10);
        assertThat(places).hasSize(1);
        return queue.load(domain, places.get(0).id()).orElseThrow();
    }

    private static List<String> addresses(OutgoingItem item) {
        return item.recipients().stream().map(QueuedRecipient::address).toList();
    }

    private static String content(OutgoingQueue queue, OutgoingItem item) throws Exception {
        try (InputStream in = queue.open(item)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    default void addShouldKeepARowForEachDomainAndTheMessageOnce() throws Exception {
        OutgoingQueue queue = database().newQueue();

        queue.add(mail("text", "a@one.test", "b@ONE.test", "c@two.test", "d@192.0.2.1"));

        assertThat(addresses(only(queue, "one.test"))).containsExactly("a@one.test", "b@ONE.test");
        assertThat(addresses(only(queue, "two.test"))).containsExactly("c@two.test");
        assertThat(addresses(only(queue, "[192.0.2.1]"))).containsExactly("d@[192.0.2.1]");
        assertThat(only(queue, "two.test").sender()).contains("alice@here.test");
        assertThat(content(queue, only(queue, "two.test"))).isEqualTo("text");
        assertThat(database().rows("mail_queue_body")).isEqualTo(1);
        assertThat(queue.domains()).containsOnlyKeys("one.test", "two.test", "[192.0.2.1]");
    }

    @Test
    default void addShouldTellAfterTheCommitOnly() throws Exception {
        OutgoingQueue queue = database().newQueue();
        List<Place> told = new ArrayList<>();
        queue.tell(told::addAll);

        try (Connection connection = database().connect()) {
            connection.setAutoCommit(false);
            Runnable afterCommit = queue.add(connection, mail("text", "a@one.test"));
            assertThat(told).isEmpty();
            connection.commit();
            afterCommit.run();
        }

        assertThat(told).extracting(Place::domain).containsExactly("one.test");
        assertThat(queue.load("one.test", told.get(0).id())).isPresent();
    }

    @Test
    default void addShouldLeaveNothingWhenItIsRolledBack() throws Exception {
        OutgoingQueue queue = database().newQueue();

        try (Connection connection = database().connect()) {
            connection.setAutoCommit(false);
            queue.add(connection, mail("text", "a@one.test"));
            connection.rollback();
        }

        assertThat(queue.size()).isZero();
        assertThat(database().rows("mail_queue_body")).isZero();
    }

    @Test
    default void messageShouldGoWithItsLastRow() throws Exception {
        OutgoingQueue queue = database().newQueue();
        queue.add(mail("x".repeat(600_000), "a@one.test", "b@two.test"));
        OutgoingItem second = only(queue, "two.test");

        queue.remove(only(queue, "one.test"), Consequence.NONE);
        assertThat(content(queue, second)).hasSize(600_000);
        queue.remove(second, Consequence.NONE);

        assertThat(queue.size()).isZero();
        assertThat(database().rows("mail_queue_body")).isZero();
        assertThat(database().rows("mail_queue_body_chunk")).isZero();
    }

    @Test
    default void messageShouldGoWhenAllItsRowsGoAtOnce() throws Exception {
        OutgoingQueue queue = database().newQueue();
        String[] recipients = IntStream.range(0, 8)
                .mapToObj(number -> "a@d" + number + ".test")
                .toArray(String[]::new);
        for (int round = 0; round < 10; round++) {
            queue.add(mail("text", recipients));
            List<CompletableFuture<Void>> removals = new ArrayList<>();
            for (String domain : queue.domains().keySet()) {
                OutgoingItem item = only(queue, domain);
                removals.add(CompletableFuture.runAsync(() -> {
                    try {
                        queue.remove(item, Consequence.NONE);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            CompletableFuture.allOf(removals.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);

            assertThat(database().rows("mail_queue_body")).isZero();
        }
    }

    @Test
    default void removeShouldDoNothingWhenTheRowIsGone() throws Exception {
        OutgoingQueue queue = database().newQueue();
        queue.add(mail("text", "a@one.test", "b@two.test"));
        OutgoingItem item = only(queue, "one.test");
        AtomicInteger consequences = new AtomicInteger();
        Consequence consequence = connection -> {
            consequences.incrementAndGet();
            return () -> {};
        };

        queue.remove(item, consequence);
        queue.remove(item, consequence);
        queue.putOff(item, item.recipients(), Instant.EPOCH, consequence);

        assertThat(consequences).hasValue(1);
        assertThat(content(queue, only(queue, "two.test"))).isEqualTo("text");
    }

    @Test
    default void removeShouldComeToNothingWhenItsConsequenceFails() throws Exception {
        OutgoingQueue queue = database().newQueue();
        queue.add(mail("text", "a@one.test"));
        OutgoingItem item = only(queue, "one.test");

        assertThatThrownBy(() -> queue.remove(item, connection -> {
                    throw new MessagingException("no report");
                }))
                .isInstanceOf(MessagingException.class);

        assertThat(content(queue, only(queue, "one.test"))).isEqualTo("text");
    }

    @Test
    default void putOffShouldKeepThoseWhoAreLeftAndWhatWasSaid() throws Exception {
        OutgoingQueue queue = database().newQueue();
        queue.add(mail("text", "a@one.test", "b@one.test"));
        OutgoingItem item = only(queue, "one.test");
        Diagnosis diagnosis = Diagnosis.remote(450, "4.2.1 Not\tnow", "mx.one.test");
        Instant due = database().clock().instant().plusSeconds(60);

        queue.putOff(item, List.of(new QueuedRecipient("b@one.test", Optional.of(diagnosis))), due, Consequence.NONE);

        OutgoingItem again = database().newQueue().load("one.test", item.id()).orElseThrow();
        assertThat(again.recipients()).containsExactly(new QueuedRecipient("b@one.test", Optional.of(diagnosis)));
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.accepted()).isEqualTo(item.accepted());
        assertThat(queue.first("one.test", 10)).containsExactly(new Place("one.test", item.id(), due));
    }

    @Test
    default void firstShouldGiveThoseThatAreDueFirst() throws Exception {
        OutgoingQueue queue = database().newQueue();
        for (int number = 0; number < 5; number++) {
            queue.add(mail("text" + number, "a@one.test"));
            queue.add(mail("other", "a@two.test"));
            database().clock().advance(Duration.ofSeconds(1));
        }

        List<String> texts = new ArrayList<>();
        for (Place place : queue.first("one.test", 3)) {
            texts.add(content(queue, queue.load("one.test", place.id()).orElseThrow()));
        }

        assertThat(texts).containsExactly("text0", "text1", "text2");
    }

    @Test
    default void acceptedUntilShouldGiveTheOldestOfADomain() throws Exception {
        OutgoingQueue queue = database().newQueue();
        Instant first = database().clock().instant();
        queue.add(mail("old", "a@one.test"));
        queue.add(mail("old", "a@two.test"));
        database().clock().advance(Duration.ofHours(1));
        queue.add(mail("new", "a@one.test"));

        assertThat(queue.acceptedUntil("one.test", first, 10))
                .extracting(OutgoingItem::accepted)
                .containsExactly(first);
        assertThat(queue.acceptedUntil("one.test", first.plus(Duration.ofHours(2)), 1))
                .extracting(OutgoingItem::accepted)
                .containsExactly(first);
        assertThat(queue.acceptedUntil("one.test", first.minusMillis(1), 10)).isEmpty();
    }

    @Test
    default void backlogsShouldNameEachDomainOnce() throws Exception {
        OutgoingQueue queue = database().newQueue();
        Instant first = database().clock().instant();
        queue.add(mail("text", "a@one.test"));
        database().clock().advance(Duration.ofHours(1));
        queue.add(mail("text", "a@one.test", "b@two.test"));
        Instant second = database().clock().instant();

        assertThat(queue.backlogs())
                .containsExactly(new Backlog("one.test", 2, first, first), new Backlog("two.test", 1, second, second));
        assertThat(queue.makeDue("one.test")).isEqualTo(2);
        assertThat(queue.backlogs().get(0).nextDue()).isEqualTo(second);
        assertThat(queue.makeDue("three.test")).isZero();
    }
}
