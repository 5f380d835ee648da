package org.jameschatmail.protocols.imap.selection;

import javax.mail.Flags;
import javax.mail.Flags.Flag;

/**
 * The flags that messages of a selected mailbox may have, and whether the client knows all the keywords among them. A
 * keyword that comes while the client is told is told the next time. Thread-safe.
 */
final class KnownFlags {
    private final Flags flags = new Flags();
    private long keywords;
    private long asked;
    private long told;

    synchronized void add(Flags more) {
        int before = flags.getUserFlags().length;
        flags.add(more);
        flags.remove(Flag.RECENT);
        if (flags.getUserFlags().length > before) {
            keywords++;
        }
    }

    /** Whether there is a keyword that the client hasn't been told; whoever asks tells it. */
    synchronized boolean hasNew() {
        asked = keywords;
        return keywords > told;
    }

    /** Whether there is a keyword to be told; who asks this doesn't tell it. */
    synchronized boolean isBehind() {
        return keywords > told;
    }

    synchronized void told() {
        told = Math.max(told, asked);
    }

    synchronized Flags all() {
        return new Flags(flags);
    }
}
