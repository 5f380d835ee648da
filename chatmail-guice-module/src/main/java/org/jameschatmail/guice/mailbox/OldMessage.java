package org.jameschatmail.guice.mailbox;

import java.time.Instant;

/**
 * A message that may go.
 *
 * @param mailbox the place of its mailbox
 */
public record OldMessage(long mailbox, long uid, Instant arrival, long octets) {
    static OldMessage of(StoredRow row) {
        return new OldMessage(row.mailbox(), row.uid(), row.arrival(), row.octets());
    }
}
