package org.jameschatmail.guice.mailbox;

import java.io.InputStream;
import org.apache.james.mailbox.AttachmentContentLoader;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.AttachmentMetadata;

/** Attachments aren't stored apart from their messages, so no message has one to load. */
final class NoAttachments implements AttachmentContentLoader {
    @Override
    public InputStream load(AttachmentMetadata attachment, MailboxSession session) {
        throw new UnsupportedOperationException("Attachments are read with their message");
    }
}
