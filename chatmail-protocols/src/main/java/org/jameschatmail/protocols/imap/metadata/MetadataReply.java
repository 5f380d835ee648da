package org.jameschatmail.protocols.imap.metadata;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.james.imap.api.message.response.ImapResponseMessage;

/**
 * The untagged METADATA response to GETMETADATA.
 *
 * @param mailbox the mailbox as it was named, {@code ""} for the server
 * @param entries at least one entry, in the order in which they are written
 */
public record MetadataReply(String mailbox, Map<EntryName, String> entries) implements ImapResponseMessage {
    public MetadataReply {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("A METADATA response has at least one entry");
        }
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
}
