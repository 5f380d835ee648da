package org.jameschatmail.protocols.imap;

import java.io.IOException;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;

/** Writes a {@link StatusReply} as one line. Stateless, thread-safe. */
public final class StatusReplyEncoder implements ImapResponseEncoder<StatusReply> {
    @Override
    public Class<StatusReply> acceptableMessages() {
        return StatusReply.class;
    }

    @Override
    public void encode(StatusReply reply, ImapResponseComposer composer) throws IOException {
        composer.tag(reply.tag()).message(reply.type().getCodeAsBytes());
        if (reply.code().isPresent()) {
            composer.message("[" + reply.code().get() + "]");
        }
        composer.message(reply.text()).end();
    }
}
