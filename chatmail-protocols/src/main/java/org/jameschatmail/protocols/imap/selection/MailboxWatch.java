package org.jameschatmail.protocols.imap.selection;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.events.Registration;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxDeletion;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.UidRange;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Brings the changes of a mailbox to the {@link TrackedMailbox} of one session: on the thread that has them, in their
 * order, and at once. Then looks up what is missing before them, and tells whoever idles. Thread-safe.
 */
final class MailboxWatch implements EventListener.ReactiveEventListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(MailboxWatch.class);

    private final TrackedMailbox mailbox;
    private final MessageNumbers numbers;
    private final MessageManager messages;
    private final MailboxSession session;
    private final AtomicReference<@Nullable Registration> registration = new AtomicReference<>();
    private final AtomicReference<@Nullable ReactiveEventListener> idle = new AtomicReference<>();

    MailboxWatch(TrackedMailbox mailbox, MessageNumbers numbers, MessageManager messages, MailboxSession session) {
        this.mailbox = mailbox;
        this.numbers = numbers;
        this.messages = messages;
        this.session = session;
    }

    /** Hears of changes from now on. */
    Mono<Void> begin(EventBus eventBus) {
        return Mono.from(eventBus.register(this, new MailboxIdRegistrationKey(messages.getId())))
                .doOnNext(registration::set)
                .then();
    }

    Mono<Void> end() {
        return Mono.defer(() -> {
            Registration registered = registration.getAndSet(null);
            return registered == null ? Mono.empty() : Mono.from(registered.unregister());
        });
    }

    /** Who is told of each event once it has been applied; null for nobody. */
    void tell(@Nullable ReactiveEventListener listener) {
        idle.set(listener);
    }

    Flux<MessageUid> search(SearchQuery query) {
        return Flux.defer(() -> {
            try {
                return messages.search(query, session);
            } catch (MailboxException e) {
                return Mono.error(e);
            }
        });
    }

    @Override
    public Publisher<Void> reactiveEvent(Event event) {
        return Mono.defer(() -> {
            apply(event);
            return numbers.gap()
                    .map(gap -> fill(gap).then(Mono.defer(() -> tell(event))))
                    .orElseGet(() -> tell(event));
        });
    }

    private Mono<Void> tell(Event event) {
        ReactiveEventListener listener = idle.get();
        return listener == null ? Mono.empty() : Mono.from(listener.reactiveEvent(event));
    }

    private void apply(Event event) {
        if (!(event instanceof MailboxEvent change) || !change.getMailboxId().equals(messages.getId())) {
            return;
        }
        if (event instanceof Added added) {
            added.getUids().forEach(numbers::arrive);
        } else if (event instanceof Expunged gone) {
            mailbox.vanish(gone.getUids());
        } else if (event instanceof FlagsUpdated updated) {
            updated.getUpdatedFlags().forEach(flags -> mailbox.flag(flags, isOurs(updated)));
        } else if (event instanceof MailboxDeletion && !isOurs(change)) {
            mailbox.delete();
        }
    }

    private boolean isOurs(MailboxEvent event) {
        return Objects.equals(event.getSessionId(), session.getSessionId());
    }

    /** Looks for the messages before the last one heard of: UIDs are committed in their order, so they are there now. */
    private Mono<Void> fill(UidRange gap) {
        return search(SearchQuery.of(SearchQuery.uid(gap)))
                .collectList()
                .doOnNext(found -> numbers.fill(gap, found))
                .then()
                .onErrorResume(e -> {
                    LOGGER.error("The messages before a new one can't be listed; the next change tries again", e);
                    return Mono.empty();
                });
    }
}
