package org.jameschatmail.protocols.imap.id;

import org.apache.james.imap.api.message.response.ImapResponseMessage;

/** The answer to ID: the product's name alone, no versions for scanners to collect. Printable ASCII. */
public record ServerId(String name) implements ImapResponseMessage {
    public static final ServerId JAMES_CHATMAIL = new ServerId("James Chatmail");
}
