package org.jameschatmail.guice.store;

import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.mailbox.jpa.openjpa.OpenJPAMailboxManager;
import org.apache.james.utils.MailboxManagerDefinition;

/** Names the mailbox manager for James' probes. */
@Singleton
final class JpaMailboxManagerDefinition extends MailboxManagerDefinition {
    @Inject
    JpaMailboxManagerDefinition(OpenJPAMailboxManager manager) {
        super("jpa-mailboxmanager", manager);
    }
}
