package org.jameschatmail.guice.transport;

import java.util.List;
import java.util.Optional;
import org.jameschatmail.core.outgoing.Destination;

/**
 * A message and where it is to go.
 *
 * @param sender the envelope sender; none is the null sender
 * @param recipients one or more, all at {@code destination}
 */
public record Letter(
        Destination destination, Optional<String> sender, List<String> recipients, OutboundMessage message) {
    public Letter {
        recipients = List.copyOf(recipients);
    }
}
