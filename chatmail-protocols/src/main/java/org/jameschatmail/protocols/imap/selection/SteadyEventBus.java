package org.jameschatmail.protocols.imap.selection;

import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.inject.Inject;
import org.apache.james.events.Event;
import org.apache.james.events.EventDeadLetters;
import org.apache.james.events.EventListener;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.Registration;
import org.apache.james.events.RegistrationKey;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.events.delivery.EventDelivery;
import reactor.core.publisher.Mono;

/**
 * James' event bus, whose listeners of a mailbox don't change while those who are to be told are looked up. James alone
 * walks through them unguarded: a SELECT or CLOSE at that moment makes the delivery fail with a
 * {@link java.util.ConcurrentModificationException}, and nobody is told. Thread-safe.
 */
public class SteadyEventBus extends InVMEventBus {
    private final ReadWriteLock listeners = new ReentrantReadWriteLock();

    @Inject
    public SteadyEventBus(EventDelivery delivery, RetryBackoffConfiguration retries, EventDeadLetters deadLetters) {
        super(delivery, retries, deadLetters);
    }

    @Override
    public Mono<Registration> register(EventListener.ReactiveEventListener listener, RegistrationKey key) {
        listeners.writeLock().lock();
        try {
            return super.register(listener, key).map(this::guarded);
        } finally {
            listeners.writeLock().unlock();
        }
    }

    private Registration guarded(Registration registration) {
        return () -> Mono.fromRunnable(() -> {
            listeners.writeLock().lock();
            try {
                // James takes it out within this call.
                Mono.from(registration.unregister()).subscribe();
            } finally {
                listeners.writeLock().unlock();
            }
        });
    }

    /** Looks up the listeners in this call, and tells them when it is subscribed to. */
    @Override
    public Mono<Void> dispatch(Event event, Set<RegistrationKey> keys) {
        listeners.readLock().lock();
        try {
            return super.dispatch(event, keys);
        } finally {
            listeners.readLock().unlock();
        }
    }
}
