package org.jameschatmail.protocols.imap.login;

import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.LoginRequest;
import org.jameschatmail.protocols.imap.ArgumentReader;
import org.jameschatmail.protocols.imap.ArgumentsParser;

/**
 * Parses {@code LOGIN user password}, each an atom, a quoted string or a literal, in UTF-8. A user name that can't be
 * an address, such as {@code a@b@c}, is a failed login; James' parser closes the connection over it.
 * Stateless, thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3501#section-6.2.3">RFC 3501, section 6.2.3</a>
 */
public final class LoginArgumentsParser extends ArgumentsParser {
    private static final HumanReadableText REFUSED =
            new HumanReadableText("org.jameschatmail.imap.AUTHENTICATION_FAILED", "failed. Authentication failed.");

    private final StatusResponseFactory statusResponses;

    @Inject
    public LoginArgumentsParser(StatusResponseFactory statusResponses) {
        super(ImapConstants.LOGIN_COMMAND, statusResponses);
        this.statusResponses = statusResponses;
    }

    @Override
    protected ImapMessage parseArguments(ArgumentReader arguments, Tag tag) throws DecodingException {
        String user = arguments.astring();
        String password = arguments.astring();
        try {
            return new LoginRequest(Username.of(user), password, tag);
        } catch (IllegalArgumentException e) {
            return statusResponses.taggedNo(tag, getCommand(), REFUSED);
        }
    }
}
