package org.jameschatmail.guice.push;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Username;
import org.apache.james.events.Event;
import org.apache.james.events.EventListener.GroupEventListener;
import org.apache.james.events.Group;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.Header;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.jameschatmail.core.address.EmailAddress;
import org.jameschatmail.guice.mailbox.Appended;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues a notification for what the spool delivers: LocalDelivery appends to a mailbox, and this listener runs before
 * the mail is taken off the spool, so a kill in between has it delivered, and queued, again. What was delivered directly
 * was queued in its own transaction and is passed over. A message whose From is the owner wakes nobody; one that can't
 * be read does. Thread-safe.
 */
@Singleton
final class PushOnDelivery implements GroupEventListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(PushOnDelivery.class);
    private static final Group GROUP = new PushOnDeliveryGroup();
    private static final String FROM = "From";

    private final JdbcPushQueue queue;
    private final MailboxManager mailboxes;

    @Inject
    PushOnDelivery(JdbcPushQueue queue, MailboxManager mailboxes) {
        this.queue = queue;
        this.mailboxes = mailboxes;
    }

    /** The name under which James knows this listener. */
    static final class PushOnDeliveryGroup extends Group {}

    @Override
    public Group getDefaultGroup() {
        return GROUP;
    }

    @Override
    public boolean isHandling(Event event) {
        return event instanceof Added added && added.isDelivery() && !Appended.isSourceOf(added);
    }

    @Override
    public void event(Event event) throws SQLException {
        if (event instanceof Added added && isHandling(event) && !isOwn(added)) {
            queue.add(added.getUsername());
        }
    }

    private boolean isOwn(Added added) {
        Username owner = added.getUsername();
        try {
            MailboxSession session = mailboxes.createSystemSession(owner);
            MessageManager mailbox = mailboxes.getMailbox(added.getMailboxId(), session);
            for (MessageUid uid : added.getUids()) {
                Iterator<MessageResult> found = mailbox.getMessages(MessageRange.one(uid), FetchGroup.HEADERS, session);
                if (!found.hasNext() || !isFrom(owner, found.next())) {
                    return false;
                }
            }
            return true;
        } catch (MailboxException | RuntimeException e) {
            LOGGER.debug("Whether a message is the owner's own isn't known", e);
            return false;
        }
    }

    private static boolean isFrom(Username owner, MessageResult message) throws MailboxException {
        List<String> fields = new ArrayList<>();
        for (Iterator<Header> headers = message.getHeaders().headers(); headers.hasNext(); ) {
            Header header = headers.next();
            if (header.getName().equalsIgnoreCase(FROM)) {
                fields.add(header.getValue());
            }
        }
        Optional<EmailAddress> from = fields.size() == 1 ? EmailAddress.firstOf(fields.get(0)) : Optional.empty();
        return from.filter(address -> address.isSameAs(owner.asString())).isPresent();
    }
}
