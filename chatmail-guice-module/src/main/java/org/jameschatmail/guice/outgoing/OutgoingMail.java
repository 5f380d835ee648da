package org.jameschatmail.guice.outgoing;

import java.util.List;
import java.util.Optional;
import org.jameschatmail.guice.queue.BodyStore;

/**
 * A message that is to leave.
 *
 * @param sender the envelope sender; none is the null sender, who gets no report
 * @param recipients one or more, {@code local@domain}
 * @param content as it is to leave, but without a signature of ours
 */
public record OutgoingMail(Optional<String> sender, List<String> recipients, BodyStore.Source content) {
    public OutgoingMail {
        recipients = List.copyOf(recipients);
    }
}
