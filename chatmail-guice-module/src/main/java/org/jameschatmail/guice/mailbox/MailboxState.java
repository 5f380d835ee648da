package org.jameschatmail.guice.mailbox;

import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxPath;

/** A row of the mailbox table: where a mailbox stands. */
record MailboxState(
        JdbcMailboxId id,
        String namespace,
        String owner,
        String name,
        long uidValidity,
        long lastUid,
        long modSeq,
        long messages,
        long unseen,
        long recent,
        long octets,
        String keywords) {
    /** The same with what a list of UIDs says, which is a little younger. */
    MailboxState listed(long messagesListed, long last) {
        return new MailboxState(
                id,
                namespace,
                owner,
                name,
                uidValidity,
                last,
                modSeq,
                messagesListed,
                unseen,
                recent,
                octets,
                keywords);
    }

    MailboxPath path() {
        return new MailboxPath(namespace, Username.of(owner), name);
    }
}
