package org.jameschatmail.protocols.imap.id;

import java.io.IOException;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;

/** Writes {@code * ID ("name" "James Chatmail")}. Stateless, thread-safe. */
public final class ServerIdEncoder implements ImapResponseEncoder<ServerId> {
    @Override
    public Class<ServerId> acceptableMessages() {
        return ServerId.class;
    }

    @Override
    public void encode(ServerId id, ImapResponseComposer composer) throws IOException {
        composer.untagged()
                .message("ID")
                .openParen()
                .quote("name")
                .quote(id.name())
                .closeParen()
                .end();
    }
}
