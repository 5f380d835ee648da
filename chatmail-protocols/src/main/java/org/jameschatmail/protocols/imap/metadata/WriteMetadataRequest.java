package org.jameschatmail.protocols.imap.metadata;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

/** SETMETADATA as it was asked, values of any size; an empty value removes its entry. Immutable. */
final class WriteMetadataRequest extends AbstractImapRequest {
    private final String mailbox;
    private final Map<EntryName, Optional<String>> changes;

    WriteMetadataRequest(Tag tag, String mailbox, Map<EntryName, Optional<String>> changes) {
        super(tag, ImapConstants.SETMETADATA_COMMAND);
        this.mailbox = mailbox;
        this.changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
    }

    String mailbox() {
        return mailbox;
    }

    Map<EntryName, Optional<String>> changes() {
        return changes;
    }
}
