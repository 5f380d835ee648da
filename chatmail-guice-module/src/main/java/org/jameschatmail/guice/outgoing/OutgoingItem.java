package org.jameschatmail.guice.outgoing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message that waits for one destination domain.
 *
 * @param domain lower case; as it stands in {@code recipients}, or in brackets if that is an address
 * @param id the rest of the key
 * @param recipients those who haven't got it yet, all at this domain
 * @param accepted when we took the responsibility
 * @param attempts that have failed
 */
record OutgoingItem(
        String domain,
        String id,
        Optional<String> sender,
        List<QueuedRecipient> recipients,
        Instant accepted,
        int attempts,
        String bodyId,
        long bodySize) {
    OutgoingItem {
        recipients = List.copyOf(recipients);
    }

    /** Where a message stands in the queue. */
    record Place(String domain, String id, Instant due) {}
}
