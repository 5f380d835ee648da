package org.jameschatmail.guice.mailbox;

import java.time.Instant;
import javax.mail.Flags;
import org.apache.james.mailbox.model.ByteContent;
import org.apache.james.mailbox.model.Content;

/**
 * A message as it is to be stored.
 *
 * @param content the octets from the first header to the end; read once
 * @param headerOctets where the body starts: the length of the headers, with the empty line behind them
 * @param arrival the internal date of IMAP
 * @param flags set from the start, for all owners
 */
public record NewMessage(Content content, int headerOctets, Instant arrival, Flags flags) {
    public NewMessage {
        if (headerOctets < 0) {
            throw new IllegalArgumentException("Headers of " + headerOctets + " octets");
        }
    }

    /** For a message that is in memory anyhow. */
    public NewMessage(byte[] content, int headerOctets, Instant arrival, Flags flags) {
        this(new ByteContent(content), headerOctets, arrival, flags);
    }
}
