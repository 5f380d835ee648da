package org.jameschatmail.guice.mailbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The keywords that a mailbox has seen, which SELECT tells without a look at its messages. */
final class Keywords {
    private static final int MAX_LENGTH = 2000;

    private Keywords() {}

    /**
     * Adds the keywords of a message to those of its mailbox, whose lock the caller holds. A mailbox that has seen too
     * many doesn't remember more of them; the messages keep theirs.
     */
    static void remember(Connection connection, MailboxState mailbox, StoredFlags flags) throws SQLException {
        remember(connection, mailbox, List.of(flags));
    }

    /** As above, for many messages. */
    static void remember(Connection connection, MailboxState mailbox, List<StoredFlags> messages) throws SQLException {
        Set<String> known = StoredFlags.split(mailbox.keywords());
        Set<String> all = new HashSet<>(known);
        messages.forEach(flags -> all.addAll(StoredFlags.split(flags.keywords())));
        if (all.size() > known.size()) {
            String joined = StoredFlags.join(all);
            if (joined.length() <= MAX_LENGTH) {
                MailboxRows.setKeywords(connection, mailbox.id().number(), joined);
            }
        }
    }
}
