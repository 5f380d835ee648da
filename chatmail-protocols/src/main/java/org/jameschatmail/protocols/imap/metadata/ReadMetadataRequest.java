package org.jameschatmail.protocols.imap.metadata;

import java.util.List;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

/** GETMETADATA as it was asked. Entries that can't exist have been left out. Immutable. */
final class ReadMetadataRequest extends AbstractImapRequest {
    private final String mailbox;
    private final MetadataOptions options;
    private final List<EntryName> entries;

    ReadMetadataRequest(Tag tag, String mailbox, MetadataOptions options, List<EntryName> entries) {
        super(tag, ImapConstants.GETMETDATA_COMMAND);
        this.mailbox = mailbox;
        this.options = options;
        this.entries = List.copyOf(entries);
    }

    String mailbox() {
        return mailbox;
    }

    MetadataOptions options() {
        return options;
    }

    List<EntryName> entries() {
        return entries;
    }
}
