package org.jameschatmail.guice.mailbox;

import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxPath;

/**
 * A mailbox as a walk over all mailboxes finds it.
 *
 * @param place its number, which is random: walks pass mailboxes in its order
 * @param messages how many there were at that moment
 */
public record MailboxPlace(long place, MailboxPath path, long messages) {
    static MailboxPlace of(MailboxState state) {
        return new MailboxPlace(state.id().number(), state.path(), state.messages());
    }

    public Username owner() {
        return path.getUser();
    }

    boolean isInbox() {
        return path.isInbox();
    }
}
