package org.jameschatmail.guice.mailbox;

import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.utils.MailboxManagerDefinition;

/** Names the mailboxes for James' probes. */
@Singleton
final class JdbcMailboxDefinition extends MailboxManagerDefinition {
    @Inject
    JdbcMailboxDefinition(JdbcMailboxes mailboxes) {
        super("jdbc-mailboxmanager", mailboxes);
    }
}
