package org.jameschatmail.core.configuration;

/** What keeps the mailboxes. They share the database, not its tables: one doesn't see the mail of the other. */
public enum MailboxStore {
    /** Our own, on plain JDBC. */
    JDBC,
    /** That of James, as a yardstick. */
    JPA
}
