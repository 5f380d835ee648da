package org.jameschatmail.guice.queue;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader of a queue. It is handed no more mail than it asked for, on the thread of the {@link Dispatcher} alone,
 * which also ends it.
 */
final class DequeueSubscription implements Subscription {
    private static final Logger LOGGER = LoggerFactory.getLogger(DequeueSubscription.class);

    private final Subscriber<? super MailQueueItem> subscriber;
    private final Dispatcher dispatcher;
    private final AtomicLong demand = new AtomicLong();
    private volatile boolean cancelled;

    DequeueSubscription(Subscriber<? super MailQueueItem> subscriber, Dispatcher dispatcher) {
        this.subscriber = subscriber;
        this.dispatcher = dispatcher;
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            dispatcher.fail(this, new IllegalArgumentException("Reactive Streams 3.9: a request is for 1 or more"));
            return;
        }
        demand.accumulateAndGet(count, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
        dispatcher.wakeUp();
    }

    @Override
    public void cancel() {
        cancelled = true;
        dispatcher.remove(this);
    }

    boolean isCancelled() {
        return cancelled;
    }

    long demand() {
        return cancelled ? 0 : demand.get();
    }

    /** Hands over an item. Readers must not throw (Reactive Streams 2.13); one that does keeps its stream. */
    @SuppressWarnings("CatchThrowable")
    void emit(MailQueueItem item) {
        demand.updateAndGet(before -> before == Long.MAX_VALUE ? before : before - 1);
        try {
            subscriber.onNext(item);
        } catch (Throwable e) {
            LOGGER.error(
                    "A reader of a mail queue threw {}: its mail is delivered again",
                    e.getClass().getName());
            LOGGER.debug("Thrown by a reader", e);
        }
    }

    void complete() {
        if (!cancelled) {
            cancelled = true;
            subscriber.onComplete();
        }
    }

    void fail(Throwable cause) {
        if (!cancelled) {
            cancelled = true;
            subscriber.onError(cause);
        }
    }
}
