package org.jameschatmail.guice.queue;

import com.google.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.PreDestroy;
import javax.sql.DataSource;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.MailQueueName;
import org.jameschatmail.guice.database.Transactions;
import org.jameschatmail.guice.queue.JdbcMailQueue.PrefetchAndCapacity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives out the mail queues of one database, Apache Derby or PostgreSQL.
 * Asking twice for a name gives the same queue; each answer is a handle that wants its own {@code close()}. One factory
 * at a time may use a database. Thread-safe.
 */
public final class JdbcMailQueueFactory implements MailQueueFactory<JdbcMailQueue>, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(JdbcMailQueueFactory.class);
    private static final int PLACES_IN_MEMORY = 50_000;

    private static final class Handles {
        private final JdbcMailQueue queue;
        private int count;

        private Handles(JdbcMailQueue queue) {
            this.queue = queue;
        }
    }

    private final Transactions transactions;
    private final MailQueueItemDecoratorFactory decorators;
    private final MetricFactory metrics;
    private final GaugeRegistry gauges;
    private final MicrosecondClock clock;
    private final int capacity;
    private final Map<MailQueueName, Handles> queues = new HashMap<>();

    /**
     * @param dataSource a pool of at least two connections; it must outlive this factory
     */
    @Inject
    public JdbcMailQueueFactory(
            DataSource dataSource,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges,
            Clock clock) {
        this(dataSource, decorators, metrics, gauges, clock, PLACES_IN_MEMORY);
    }

    JdbcMailQueueFactory(
            DataSource dataSource,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges,
            Clock clock,
            int capacity) {
        this.transactions = new Transactions(dataSource);
        this.decorators = decorators;
        this.metrics = metrics;
        this.gauges = gauges;
        this.clock = new MicrosecondClock(clock);
        this.capacity = capacity;
    }

    @Override
    public synchronized Optional<JdbcMailQueue> getQueue(MailQueueName name, PrefetchCount prefetch) {
        return Optional.ofNullable(queues.get(name)).map(JdbcMailQueueFactory::handOut);
    }

    @Override
    public synchronized JdbcMailQueue createQueue(MailQueueName name, PrefetchCount prefetch) {
        return handOut(queues.computeIfAbsent(name, absent -> new Handles(open(absent, prefetch))));
    }

    private static JdbcMailQueue handOut(Handles handles) {
        handles.count++;
        return handles.queue;
    }

    private JdbcMailQueue open(MailQueueName name, PrefetchCount prefetch) {
        PrefetchAndCapacity limits = new PrefetchAndCapacity(prefetch.asInt(), capacity);
        return new JdbcMailQueue(name, transactions, clock, limits, decorators, metrics, gauges, this::release);
    }

    @Override
    public synchronized Set<MailQueueName> listCreatedMailQueues() {
        return Set.copyOf(queues.keySet());
    }

    private void release(JdbcMailQueue queue) {
        synchronized (this) {
            Handles handles = queues.get(queue.getName());
            if (handles == null || handles.queue != queue || --handles.count > 0) {
                return;
            }
            queues.remove(queue.getName());
        }
        queue.stop();
    }

    /** Ends the streams of all queues, whoever still holds a handle. */
    @Override
    @PreDestroy
    public void close() {
        List<JdbcMailQueue> open;
        synchronized (this) {
            open = queues.values().stream().map(handles -> handles.queue).toList();
            queues.clear();
        }
        open.forEach(JdbcMailQueue::stop);
        LOGGER.info("{} mail queues closed", open.size());
    }
}
