package org.jameschatmail.guice.mailbox;

/**
 * By how much the counts of a mailbox change.
 *
 * @param uids how many UIDs are taken
 */
record MailboxChange(long uids, long messages, long unseen, long recent, long octets) {
    /** No counts at all: the mailbox is locked, and its modification sequence rises. */
    static final MailboxChange NONE = new MailboxChange(0, 0, 0, 0, 0);

    static MailboxChange arrival(StoredFlags flags, long octets) {
        return new MailboxChange(1, 1, flags.seen() ? 0 : 1, flags.recent() ? 1 : 0, octets);
    }

    static MailboxChange removal(StoredFlags flags, long octets) {
        return new MailboxChange(0, -1, flags.seen() ? 0 : -1, flags.recent() ? -1 : 0, -octets);
    }

    static MailboxChange flags(StoredFlags before, StoredFlags after) {
        return new MailboxChange(
                0,
                0,
                (after.seen() ? 0 : 1) - (before.seen() ? 0 : 1),
                (after.recent() ? 1 : 0) - (before.recent() ? 1 : 0),
                0);
    }

    MailboxChange plus(MailboxChange other) {
        return new MailboxChange(
                uids + other.uids,
                messages + other.messages,
                unseen + other.unseen,
                recent + other.recent,
                octets + other.octets);
    }
}
