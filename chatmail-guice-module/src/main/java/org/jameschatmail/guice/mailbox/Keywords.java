package org.jameschatmail.guice.mailbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
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
        if (flags.keywords() == null) {
            return;
        }
        Set<String> all = new HashSet<>(StoredFlags.split(mailbox.keywords()));
        if (all.addAll(StoredFlags.split(flags.keywords()))) {
            String joined = StoredFlags.join(all);
            if (joined.length() <= MAX_LENGTH) {
                MailboxRows.setKeywords(connection, mailbox.id().number(), joined);
            }
        }
    }
}
