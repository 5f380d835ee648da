package org.jameschatmail.protocols.smtp;

import java.util.Collection;
import java.util.Set;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;

/** Answers VRFY with 252 for any argument and tells nothing (RFC 5321, section 7.3). Stateless, thread-safe. */
public final class VrfyHandler implements CommandHandler<SMTPSession> {
    @Override
    public Response onCommand(SMTPSession session, Request request) {
        return new SMTPResponse("252", "2.0.0 Send some mail, it will be tried");
    }

    @Override
    public Collection<String> getImplCommands() {
        return Set.of("VRFY");
    }
}
