package org.jameschatmail.protocols.smtp;

import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.AuthCmdHandler;

/**
 * James' AUTH, refused before TLS with {@code 530 5.7.0} (RFC 3207, section 4). James' {@code requireSSL} only leaves
 * AUTH out of what EHLO lists, and takes a password in clear text nonetheless. Thread-safe.
 */
public final class TlsOnlyAuthHandler extends AuthCmdHandler {
    @Override
    public Response onCommand(SMTPSession session, Request request) {
        return session.isTLSStarted()
                ? super.onCommand(session, request)
                : new SMTPResponse("530", "5.7.0 Must issue a STARTTLS command first");
    }
}
