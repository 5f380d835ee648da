package org.jameschatmail.core.statistics;

import java.util.Locale;

/** What is kept of each minute. A count is of that minute alone, a level is what was there at its end. */
public enum Series {
    /** Messages taken from our users. */
    SUBMITTED(Kind.COUNT),
    /** Messages taken from other servers. */
    INCOMING(Kind.COUNT),
    /** Messages, recipients and logins refused, for whatever reason. */
    REFUSED(Kind.COUNT),
    /** Recipients whose message another server has taken. */
    SENT(Kind.COUNT),
    /** Recipients whose message no other server took in the end. */
    FAILED(Kind.COUNT),
    /** Messages that expired. */
    EXPIRED(Kind.COUNT),
    /** Lines of the log at WARN and ERROR. */
    ERRORS(Kind.COUNT),
    /** Messages that wait for another server. */
    QUEUE(Kind.LEVEL),
    ACCOUNTS(Kind.LEVEL),
    /** Messages in all mailboxes. */
    MESSAGES(Kind.LEVEL),
    /** Octets of the messages in all mailboxes, each recipient's own copy counted. */
    STORED(Kind.LEVEL);

    /** How the values of a series follow one another. */
    public enum Kind {
        COUNT,
        LEVEL
    }

    private final Kind kind;

    Series(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Its name in JSON, such as {@code submitted}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
