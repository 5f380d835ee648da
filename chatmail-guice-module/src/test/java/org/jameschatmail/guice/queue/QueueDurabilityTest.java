package org.jameschatmail.guice.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.Mails;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class QueueDurabilityTest {
    private static final MailQueueName NAME = MailQueueName.of("spool");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private QueueDatabase database;
    private JdbcMailQueue queue;

    @BeforeEach
    void openQueue() throws Exception {
        database = QueueDatabase.derbyInMemory();
        queue = database.newFactory().createQueue(NAME);
    }

    @AfterEach
    void closeQueue() throws Exception {
        database.repair();
        database.closeFactories();
        database.close();
    }

    @Test
    void newFactoryShouldDeliverAgainWhatWasNotAcknowledged() throws Exception {
        enQueue("held", "acknowledged", "waiting");
        List<MailQueueItem> items = take(queue, 2);
        items.get(1).done(CompletionStatus.SUCCESS);

        JdbcMailQueue reopened = database.newFactory().createQueue(NAME);

        assertThat(namesOf(take(reopened, 2))).containsExactly("held", "waiting");
        assertThat(reopened.getSize()).isEqualTo(2);
    }

    @Test
    void newFactoryShouldKeepDelays() throws Exception {
        queue.enQueue(Mails.defaultMail().name("later").build(), Duration.ofHours(1));
        enQueue("now");

        JdbcMailQueue reopened = database.newFactory().createQueue(NAME);

        assertThat(namesOf(take(reopened, 1))).containsExactly("now");
        assertThat(reopened.browse().next().getNextDelivery()).isPresent();
    }

    @Test
    void unreadableRowShouldBeSetAsideAndLoggedById() throws Exception {
        enQueue("broken", "sound");
        String id = database.column("SELECT item_id FROM mail_queue_item WHERE due_at ="
                        + " (SELECT MIN(due_at) FROM mail_queue_item)")
                .get(0);
        database.execute(
                "UPDATE mail_queue_item SET envelope = '{\"name\":\"x\",\"sender\":\"secret@@\"' WHERE item_id = '" + id
                        + "'");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Dispatcher.class);
        logger.addAppender(log);
        log.start();

        assertThat(namesOf(take(queue, 1))).containsExactly("sound");

        logger.detachAppender(log);
        assertThat(database.column("SELECT item_id FROM mail_queue_item WHERE state = 'unreadable'"))
                .containsExactly(id);
        List<String> aboveDebug = log.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
        assertThat(aboveDebug).singleElement().asString().contains(id).doesNotContain("secret");
    }

    @Test
    void largeMessageShouldComeOutAsItWentIn() throws Exception {
        String text =
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n".repeat(30 * 1024 * 1024 / 64);
        Mail sent = Mails.defaultMail()
                .name("large")
                .mimeMessage(MimeMessageBuilder.mimeMessageBuilder().setText(text))
                .build();
        byte[] expected = bytesOf(sent);
        queue.enQueue(sent);
        MailQueueItem item = take(queue, 1).get(0);

        assertThat(item.getMail().getMessageSize()).isEqualTo(expected.length);
        assertThat(bytesOf(item.getMail())).isEqualTo(expected);

        item.done(CompletionStatus.SUCCESS);
        assertThat(database.column("SELECT body_id FROM mail_queue_body")).isEmpty();
        assertThat(database.column("SELECT body_id FROM mail_queue_body_chunk")).isEmpty();
    }

    @Test
    void enQueueShouldNotCopyTheMessageWhenMailCameFromTheQueue() throws Exception {
        enQueue("retried");
        MailQueueItem first = take(queue, 1).get(0);
        byte[] message = bytesOf(first.getMail());

        queue.enQueue(first.getMail());
        assertThat(database.column("SELECT item_count FROM mail_queue_body")).containsExactly("2");
        first.done(CompletionStatus.SUCCESS);

        MailQueueItem second = take(queue, 1).get(0);
        assertThat(bytesOf(second.getMail())).isEqualTo(message);
        second.done(CompletionStatus.SUCCESS);
        assertThat(database.column("SELECT body_id FROM mail_queue_body")).isEmpty();
    }

    @Test
    void enQueueShouldWriteTheMessageWhenItWasChanged() throws Exception {
        enQueue("changed");
        MailQueueItem first = take(queue, 1).get(0);
        first.getMail().getMessage().setHeader("X-Changed", "yes");

        queue.enQueue(first.getMail());
        first.done(CompletionStatus.SUCCESS);

        assertThat(take(queue, 1).get(0).getMail().getMessage().getHeader("X-Changed"))
                .containsExactly("yes");
    }

    @Test
    void eachMailShouldBeDeliveredOnceWhenManyReadAndWriteAtOnce() throws Exception {
        int producers = 8;
        int mailsEach = 40;
        Queue<String> delivered = new ConcurrentLinkedQueue<>();
        for (int reader = 0; reader < 3; reader++) {
            Flux.from(queue.deQueue())
                    .flatMap(item -> Mono.fromCallable(() -> acknowledge(item, delivered))
                            .subscribeOn(Schedulers.boundedElastic()))
                    .subscribe();
        }
        ExecutorService threads = Executors.newFixedThreadPool(producers);
        List<Future<?>> sent = new ArrayList<>();
        for (int producer = 0; producer < producers; producer++) {
            int number = producer;
            sent.add(threads.submit(() -> {
                for (int mail = 0; mail < mailsEach; mail++) {
                    enQueue(number + "-" + mail);
                }
                return null;
            }));
        }
        for (Future<?> future : sent) {
            future.get();
        }
        threads.shutdown();

        await().atMost(PATIENCE).until(() -> queue.getSize() == 0);
        assertThat(delivered).hasSize(producers * mailsEach).doesNotHaveDuplicates();
    }

    @Test
    void mailsBeyondThePlacesInMemoryShouldBeDeliveredInOrder() throws Exception {
        queue.close();
        JdbcMailQueue narrow = database.newFactory(Clock.systemUTC(), 3).createQueue(NAME);
        List<String> names = IntStream.range(0, 20).mapToObj(i -> "mail-" + i).toList();
        for (String name : names) {
            narrow.enQueue(Mails.defaultMail().name(name).build());
        }

        assertThat(namesOf(take(narrow, 20))).isEqualTo(names);
    }

    @Test
    void streamShouldGoOnWhenTheDatabaseComesBack() throws Exception {
        Queue<String> delivered = new ConcurrentLinkedQueue<>();
        AtomicBoolean ended = new AtomicBoolean();
        enQueue("before");
        database.breakDown();
        Flux.from(queue.deQueue())
                .doOnTerminate(() -> ended.set(true))
                .subscribe(item -> delivered.add(item.getMail().getName()));
        int refused = database.connectionsTaken();
        await().atMost(PATIENCE).until(() -> database.connectionsTaken() > refused + 1);

        database.repair();

        await().atMost(PATIENCE).until(() -> delivered.contains("before"));
        assertThat(ended).isFalse();
    }

    @Test
    void idleQueueShouldNotAskTheDatabase() throws Exception {
        Queue<String> delivered = new ConcurrentLinkedQueue<>();
        Flux.from(queue.deQueue())
                .subscribe(item -> delivered.add(item.getMail().getName()));
        enQueue("only");
        await().atMost(PATIENCE).until(() -> delivered.contains("only"));
        int before = database.connectionsTaken();

        await().during(Duration.ofMillis(700)).atMost(PATIENCE).until(() -> database.connectionsTaken() == before);
    }

    @Test
    void closeShouldCompleteStreamsAndKeepMails() throws Exception {
        AtomicBoolean completed = new AtomicBoolean();
        Flux.from(queue.deQueue())
                .take(Duration.ofMinutes(5))
                .doOnComplete(() -> completed.set(true))
                .subscribe();

        queue.close();
        enQueue("after");

        await().atMost(PATIENCE).untilTrue(completed);
        assertThat(namesOf(take(database.newFactory().createQueue(NAME), 1))).containsExactly("after");
    }

    private static boolean acknowledge(MailQueueItem item, Queue<String> delivered) throws Exception {
        delivered.add(item.getMail().getName());
        item.done(CompletionStatus.SUCCESS);
        return true;
    }

    private void enQueue(String... names) throws Exception {
        for (String name : names) {
            queue.enQueue(Mails.defaultMail().name(name).build());
        }
    }

    private static List<MailQueueItem> take(JdbcMailQueue from, int count) {
        return Flux.from(from.deQueue()).take(count).collectList().block(PATIENCE);
    }

    private static List<String> namesOf(List<MailQueueItem> items) {
        return items.stream().map(item -> item.getMail().getName()).toList();
    }

    private static byte[] bytesOf(Mail mail) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        mail.getMessage().writeTo(bytes);
        return bytes.toByteArray();
    }
}
