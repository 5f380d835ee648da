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
    MailboxPath path() {
        return new MailboxPath(namespace, Username.of(owner), name);
    }
}
