package org.jameschatmail.protocols.imap.metadata;

import java.util.Map;
import java.util.Optional;
import org.apache.james.core.Username;

/**
 * The entries that users set, save for device tokens. An account holds at most {@value #MAX_ENTRIES_PER_ACCOUNT}
 * entries of at most {@value #MAX_VALUE_BYTES} bytes in UTF-8, over all its mailboxes. A mailbox is named by its
 * serialized id, at most 64 characters, or by {@value #SERVER} for what the user keeps with the server itself. Calls
 * may block and may be made by several threads at once; a store out of reach throws an unchecked exception.
 */
public interface MailboxMetadata {
    int MAX_ENTRIES_PER_ACCOUNT = 64;
    int MAX_VALUE_BYTES = 4096;
    String SERVER = "";

    /** The entries of one mailbox. */
    Map<EntryName, String> entries(Username owner, String mailbox);

    /**
     * Sets the entries that have a value here and removes those that have none: all of them, or none when the account
     * would hold too many.
     *
     * @return false when it would hold too many
     */
    boolean update(Username owner, String mailbox, Map<EntryName, Optional<String>> changes);

    /** Removes the entries of an account. */
    void removeAll(Username owner);
}
