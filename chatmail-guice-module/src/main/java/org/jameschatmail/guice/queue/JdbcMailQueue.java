package org.jameschatmail.guice.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.TimeMetric;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.jameschatmail.guice.database.Transactions;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A mail queue in a relational database. A mail is safe on disk when {@link #enQueue} returns, and stays there until
 * {@code done(SUCCESS)}: what a restart or a crash finds unacknowledged is delivered again. So a mail is delivered at
 * least once, by due time and then by arrival; a mail is with one reader at a time.
 *
 * <p>{@code RETRY} and {@code REJECT} make a mail due again, see {@link Lease}. A row that can't be read, and a mail
 * that was rejected too often, is set aside: it stays in the table {@code mail_queue_item} in the state
 * {@code unreadable} or {@code rejected} and is neither counted, shown nor delivered.
 *
 * <p>The address and the host name of the client aren't stored. One process at a time may use the tables: who holds
 * which mail is known in memory only. Made by {@link JdbcMailQueueFactory}. Thread-safe.
 */
public final class JdbcMailQueue implements ManageableMailQueue {
    private final MailQueueName name;
    private final QueueStore store;
    private final BodyStore bodies;
    private final DeliverySchedule schedule;
    private final MicrosecondClock clock;
    private final Dispatcher dispatcher;
    private final MetricFactory metrics;
    private final Metric enqueued;
    private final Metric dequeued;
    private final Runnable onClose;

    JdbcMailQueue(
            MailQueueName name,
            Transactions transactions,
            MicrosecondClock clock,
            PrefetchAndCapacity limits,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges,
            Consumer<JdbcMailQueue> onClose) {
        this.name = name;
        this.clock = clock;
        this.metrics = metrics;
        this.bodies = new BodyStore(transactions);
        this.store = new QueueStore(transactions, bodies, name);
        this.schedule = new DeliverySchedule(limits.capacity());
        this.enqueued = metrics.generate(ENQUEUED_METRIC_NAME_PREFIX + name.asString());
        this.dequeued = metrics.generate(DEQUEUED_METRIC_NAME_PREFIX + name.asString());
        this.dispatcher = new Dispatcher(
                name, store, schedule, clock, limits.prefetch(), row -> decorators.decorate(lease(row), name));
        this.onClose = () -> onClose.accept(this);
        gauges.register(QUEUE_SIZE_METRIC_NAME_PREFIX + name.asString(), this::sizeForGauge);
    }

    /**
     * How much a queue keeps in memory.
     *
     * @param prefetch rows fetched at once, for readers that asked for as many
     * @param capacity places of waiting mails kept in memory, about 200 bytes each
     */
    record PrefetchAndCapacity(int prefetch, int capacity) {}

    @Override
    public MailQueueName getName() {
        return name;
    }

    @Override
    public void enQueue(Mail mail) throws MailQueueException {
        enQueue(mail, Duration.ZERO);
    }

    @Override
    public void enQueue(Mail mail, Duration delay) throws MailQueueException {
        TimeMetric timer = metrics.timer(ENQUEUED_TIMER_METRIC_NAME_PREFIX + name.asString());
        try {
            long stamp = clock.stamp();
            announce(store.insert(mail, stamp, MicrosecondClock.plus(stamp, delay)));
        } catch (SQLException | MessagingException e) {
            throw new MailQueueException("The mail could not be queued", e);
        } finally {
            timer.stopAndPublish();
        }
    }

    /**
     * Queues a mail within the caller's transaction. Run the result after the commit, and not otherwise: it lets the
     * readers know. Were it forgotten, the mail would wait for the next start.
     *
     * @throws MessagingException when the message can't be read; roll back
     */
    public Runnable enQueue(Connection connection, Mail mail) throws SQLException, MessagingException {
        long stamp = clock.stamp();
        Position position = store.insert(connection, mail, stamp, stamp);
        return () -> announce(position);
    }

    private void announce(Position position) {
        schedule.offer(position);
        enqueued.increment();
        dispatcher.wakeUp();
    }

    @Override
    public Publisher<Void> enqueueReactive(Mail mail) {
        return Mono.<Void>fromCallable(() -> {
                    enQueue(mail);
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /**
     * A stream of its own for each subscriber, which ends only with {@link #close()}. Two subscribers never get the
     * same mail. A subscriber is called on the queue's one thread and shouldn't keep it.
     */
    @Override
    public Publisher<MailQueueItem> deQueue() {
        return Flux.from(subscriber -> {
            DequeueSubscription subscription = new DequeueSubscription(subscriber, dispatcher);
            subscriber.onSubscribe(subscription);
            dispatcher.add(subscription);
        });
    }

    private MailQueueItem lease(StoredItem row) throws MessagingException {
        Mail mail = read(row);
        dequeued.increment();
        return new JdbcMailQueueItem(mail, new Lease(row, store, schedule, clock, dispatcher::wakeUp));
    }

    private Mail read(StoredItem row) throws MessagingException {
        MailImpl mail = EnvelopeJson.read(row.envelope());
        if (row.bodyId() != null) {
            mail.setMessageContent(new StoredMessageSource(bodies, row.bodyId(), row.bodySize()));
        }
        return mail;
    }

    /** Counts the mails in the table, those in the hands of readers included. */
    @Override
    public long getSize() throws MailQueueException {
        return manage(store::count);
    }

    private long sizeForGauge() {
        try {
            return getSize();
        } catch (MailQueueException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long flush() throws MailQueueException {
        long flushed = manage(() -> store.makeDue(clock.now()));
        schedule.reset();
        dispatcher.wakeUp();
        return flushed;
    }

    /** Removes all mails but those in the hands of readers. */
    @Override
    public long clear() throws MailQueueException {
        return manage(() -> removeAll(row -> true));
    }

    /** Removes the mails that match, but not those in the hands of readers. Reads the envelope of every mail. */
    @Override
    public long remove(Type type, String value) throws MailQueueException {
        Predicate<Mail> matches = switch (type) {
            case Name -> mail -> mail.getName().equals(value);
            case Sender -> mail -> mail.getMaybeSender().asString().equals(value);
            case Recipient ->
                mail -> mail.getRecipients().stream().map(MailAddress::asString).anyMatch(value::equals);
        };
        return manage(() -> removeAll(row -> isReadableAnd(row, matches)));
    }

    private static boolean isReadableAnd(StoredItem row, Predicate<Mail> matches) {
        try {
            return matches.test(EnvelopeJson.read(row.envelope()));
        } catch (MessagingException e) {
            return false;
        }
    }

    private long removeAll(Predicate<StoredItem> condition) throws SQLException {
        List<StoredItem> matching = new ArrayList<>();
        store.visit(row -> {
            if (condition.test(row)) {
                matching.add(row.withoutEnvelope());
            }
        });
        long removed = 0;
        for (StoredItem row : matching) {
            if (schedule.withdraw(row.id()) && store.delete(row)) {
                removed++;
            }
        }
        return removed;
    }

    @Override
    public MailQueueIterator browse() throws MailQueueException {
        return manage(
                () -> new QueueBrowser(store, store.positionsFrom(Position.FIRST, Integer.MAX_VALUE), this::read));
    }

    @FunctionalInterface
    private interface Query<T> {
        T run() throws SQLException;
    }

    private static <T> T manage(Query<T> query) throws MailQueueException {
        try {
            return query.run();
        } catch (SQLException e) {
            throw new MailQueueException("The queue's database doesn't answer", e);
        }
    }

    /**
     * Gives this handle back. The last one of all that {@link JdbcMailQueueFactory} gave out ends the streams; mail in
     * the hands of readers may still be acknowledged.
     */
    @Override
    public void close() {
        onClose.run();
    }

    void stop() {
        dispatcher.close();
    }
}
