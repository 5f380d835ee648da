package org.jameschatmail.protocols.imap.idle;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.james.events.Event;
import org.apache.james.events.EventListener;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * The one idle listener of a selected mailbox, from its first IDLE on; it hands each event to the IDLE that is under
 * way when the event has been applied. James looks its listener up before it applies an event, so that a listener which
 * comes and goes with each IDLE misses the events that are on their way at that moment. Thread-safe.
 */
final class IdleSwitch implements EventListener.ReactiveEventListener {
    private static final String ATTRIBUTE = IdleSwitch.class.getName();

    private final SelectedMailbox mailbox;
    private final AtomicReference<@Nullable IdleConversation> current = new AtomicReference<>();

    private IdleSwitch(SelectedMailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** The switch of the session's selected mailbox; called on the session's event loop alone. */
    static IdleSwitch of(ImapSession session, SelectedMailbox mailbox) {
        if (session.getAttribute(ATTRIBUTE) instanceof IdleSwitch known && known.mailbox == mailbox) {
            return known;
        }
        IdleSwitch fresh = new IdleSwitch(mailbox);
        session.setAttribute(ATTRIBUTE, fresh);
        mailbox.registerIdle(fresh);
        return fresh;
    }

    void lead(IdleConversation conversation) {
        current.set(conversation);
    }

    void release(IdleConversation conversation) {
        current.compareAndSet(conversation, null);
    }

    /** James asks for the publisher before it has applied the event, and subscribes to it after. */
    @Override
    public Publisher<Void> reactiveEvent(Event event) {
        return Mono.fromRunnable(() -> {
            IdleConversation conversation = current.get();
            if (conversation != null) {
                conversation.lookSoon();
            }
        });
    }

    @Override
    public ExecutionMode getExecutionMode() {
        return ExecutionMode.ASYNCHRONOUS;
    }
}
