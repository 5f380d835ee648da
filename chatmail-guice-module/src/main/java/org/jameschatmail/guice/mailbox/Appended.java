package org.jameschatmail.guice.mailbox;

import org.apache.james.core.Username;
import org.apache.james.events.RegistrationKey;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.store.event.EventFactory;

/**
 * A message that is in a mailbox once the transaction is committed. Then, and not before, the event may be dispatched:
 * {@code eventBus.dispatch(appended.toEvent(), appended.listeners())}.
 *
 * @param metaData what a client may ask without reading the message, {@code uid} and {@code modSeq} among it
 */
public record Appended(
        Username owner, MailboxPath path, MailboxId mailbox, MessageUid uid, ModSeq modSeq, MessageMetaData metaData) {
    /** An event of no client's session, so that every client of the owner is told. */
    private static final MailboxSession.SessionId NO_SESSION = MailboxSession.SessionId.of(0);

    /** The event that tells listeners of the new message, as a delivery. */
    public Added toEvent() {
        return EventFactory.added()
                .randomEventId()
                .user(owner)
                .sessionId(NO_SESSION)
                .mailboxId(mailbox)
                .mailboxPath(path)
                .addMetaData(metaData)
                .isDelivery(true)
                .build();
    }

    /** Whether an event was made by {@link #toEvent}: every other comes of a client's session or of James' own. */
    public static boolean isSourceOf(Added event) {
        return NO_SESSION.equals(event.getSessionId());
    }

    /** Under which listeners of this mailbox are registered. */
    public RegistrationKey listeners() {
        return new MailboxIdRegistrationKey(mailbox);
    }
}
