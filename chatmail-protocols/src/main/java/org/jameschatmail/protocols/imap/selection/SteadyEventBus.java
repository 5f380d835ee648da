package org.jameschatmail.protocols.imap.selection;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.james.events.Event;
import org.apache.james.events.EventDeadLetters;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.apache.james.events.Group;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.Registration;
import org.apache.james.events.RegistrationKey;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.events.delivery.EventDelivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * James' event bus, which tells those who watch a mailbox without a detour: every message goes this way, to each of its
 * recipients. James' own makes a context for logging and a timer for each listener, which costs more than all that the
 * listeners do; and it walks through them unguarded, so that a SELECT or CLOSE at that moment makes the delivery fail with
 * a {@link java.util.ConcurrentModificationException}, and nobody is told. Groups are told by James, with its retries,
 * where one of them handles the event at all. Thread-safe.
 */
public class SteadyEventBus extends InVMEventBus {
    private static final Logger LOGGER = LoggerFactory.getLogger(SteadyEventBus.class);

    /** Few at a key, mostly one: the clients of an account that have the mailbox selected. */
    private final Map<RegistrationKey, List<ReactiveEventListener>> watchers = new ConcurrentHashMap<>();

    private final List<ReactiveEventListener> groups = new CopyOnWriteArrayList<>();

    @Inject
    public SteadyEventBus(EventDelivery delivery, RetryBackoffConfiguration retries, EventDeadLetters deadLetters) {
        super(delivery, retries, deadLetters);
    }

    /** Hears of events from this call on. */
    @Override
    public Mono<Registration> register(ReactiveEventListener listener, RegistrationKey key) {
        watchers.merge(key, List.of(listener), SteadyEventBus::together);
        return Mono.just(() -> Mono.fromRunnable(
                () -> watchers.computeIfPresent(key, (same, registered) -> without(registered, listener))));
    }

    private static List<ReactiveEventListener> together(
            List<ReactiveEventListener> some, List<ReactiveEventListener> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    private static @Nullable List<ReactiveEventListener> without(
            List<ReactiveEventListener> registered, ReactiveEventListener gone) {
        List<ReactiveEventListener> others =
                registered.stream().filter(listener -> !listener.equals(gone)).toList();
        return others.isEmpty() ? null : others;
    }

    @Override
    public Registration register(ReactiveEventListener listener, Group group) {
        Registration registration = super.register(listener, group);
        groups.add(listener);
        return () -> Mono.from(registration.unregister()).doOnSuccess(nothing -> groups.remove(listener));
    }

    /** Looks up who is to be told when it is subscribed to, and completes when all have been. */
    @Override
    public Mono<Void> dispatch(Event event, Set<RegistrationKey> keys) {
        return event.isNoop() ? Mono.empty() : Mono.defer(() -> tellAll(event, keys));
    }

    private Mono<Void> tellAll(Event event, Set<RegistrationKey> keys) {
        List<ReactiveEventListener> told = keys.stream()
                .flatMap(key -> watchers.getOrDefault(key, List.of()).stream())
                .distinct()
                .toList();
        Mono<Void> watching = told.size() == 1
                ? tell(told.get(0), event)
                : Flux.fromIterable(told)
                        .flatMap(listener -> tell(listener, event), EXECUTION_RATE)
                        .then();
        boolean grouped = groups.stream().anyMatch(listener -> listener.isHandling(event));
        return grouped ? super.dispatch(event, Set.of()).and(watching) : watching;
    }

    /** One that fails keeps nobody from being told. */
    private static Mono<Void> tell(ReactiveEventListener listener, Event event) {
        return Mono.defer(() -> listener.isHandling(event) ? Mono.from(listener.reactiveEvent(event)) : Mono.empty())
                .onErrorResume(e -> {
                    LOGGER.error(
                            "A change of a mailbox didn't reach {}: {}",
                            listener.getClass().getName(),
                            e.getClass().getName());
                    LOGGER.debug("It didn't because of", e);
                    return Mono.empty();
                });
    }
}
