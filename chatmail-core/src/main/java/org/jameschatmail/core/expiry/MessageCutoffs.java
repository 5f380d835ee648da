package org.jameschatmail.core.expiry;

import java.time.Instant;
import org.jameschatmail.core.configuration.RetentionConfiguration;

/**
 * Which messages are too old at one moment. A message is as old as its arrival in the mailbox says, whatever its Date
 * header has. Immutable.
 *
 * @param any every message that arrived before this goes
 * @param large a large one goes when it arrived before this, if it was seen
 * @param largeOctets a message above this size is large
 */
public record MessageCutoffs(Instant any, Instant large, long largeOctets) {
    public static MessageCutoffs at(Instant now, RetentionConfiguration retention) {
        return new MessageCutoffs(
                now.minus(retention.messages()), now.minus(retention.largeMessages()), retention.largeSize());
    }

    /** Whether a message goes. */
    public boolean include(Instant arrival, long octets, boolean seen) {
        return arrival.isBefore(any) || octets > largeOctets && seen && arrival.isBefore(large);
    }

    /** Nothing that arrived at this moment or later goes. */
    public Instant youngest() {
        return any.isAfter(large) ? any : large;
    }
}
