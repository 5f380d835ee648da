package org.jameschatmail.protocols.imap.metadata;

import java.util.Optional;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.main.PathConverter;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxPath;

/** What a command's mailbox argument names: the server, by {@code ""}, or one of the user's mailboxes. */
sealed interface MetadataTarget {
    /** Under which {@link MailboxMetadata} keeps its entries. */
    String key();

    /** The server. */
    record Server() implements MetadataTarget {
        @Override
        public String key() {
            return MailboxMetadata.SERVER;
        }
    }

    /** A mailbox of the user's, by its serialized id. */
    record OwnMailbox(String key, boolean isInbox) implements MetadataTarget {}

    /** Empty when the user has no such mailbox. */
    static Optional<MetadataTarget> resolve(String argument, ImapSession session, MailboxManager mailboxManager)
            throws MailboxException {
        if (argument.isEmpty()) {
            return Optional.of(new Server());
        }
        MailboxPath path = PathConverter.forSession(session).buildFullPath(argument);
        try {
            String id = mailboxManager
                    .getMailbox(path, session.getMailboxSession())
                    .getId()
                    .serialize();
            return Optional.of(new OwnMailbox(id, path.getName().equals(ImapConstants.INBOX_NAME)));
        } catch (MailboxNotFoundException e) {
            return Optional.empty();
        }
    }

    default boolean isInbox() {
        return false;
    }
}
