package org.jameschatmail.protocols.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.BaseRequest;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.AuthCmdHandler;

/**
 * James' AUTH, refused before TLS with {@code 530 5.7.0} (RFC 3207, section 4). James' {@code requireSSL} only leaves
 * AUTH out of what EHLO lists, and takes a password in clear text nonetheless.
 *
 * <p>A name that is none is 501 in AUTH LOGIN, where James hangs up and logs the name as an error; and AUTH PLAIN with
 * one token, which may be a password, is 535 without James' warning that names it. Thread-safe.
 */
public final class TlsOnlyAuthHandler extends AuthCmdHandler {
    private static final String LOGIN = "LOGIN";

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (!session.isTLSStarted()) {
            return new SMTPResponse("530", "5.7.0 Must issue a STARTTLS command first");
        }
        String argument =
                request.getArgument() == null ? "" : request.getArgument().strip();
        if (argument.equalsIgnoreCase(LOGIN)) {
            session.<SMTPSession>pushLineHandler((it, line) -> {
                it.popLineHandler();
                return startLogin(it, new String(line, StandardCharsets.US_ASCII).strip());
            });
            return new SMTPResponse("334", "VXNlcm5hbWU6");
        }
        boolean named = argument.regionMatches(true, 0, LOGIN + " ", 0, LOGIN.length() + 1);
        return named
                ? startLogin(session, argument.substring(LOGIN.length()).strip())
                : super.onCommand(session, request);
    }

    private Response startLogin(SMTPSession session, String name) {
        return isName(name)
                ? super.onCommand(session, new BaseRequest("AUTH", LOGIN + " " + name))
                : new SMTPResponse("501", "5.5.2 Could not decode the name for AUTH LOGIN");
    }

    /** Whether James can make a user name of it. */
    private static boolean isName(String base64) {
        try {
            Username.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Override
    protected Response doDelegation(SMTPSession session, Username username) {
        return new SMTPResponse("535", "5.7.8 Authentication failed");
    }
}
