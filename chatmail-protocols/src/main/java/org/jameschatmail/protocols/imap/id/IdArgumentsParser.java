package org.jameschatmail.protocols.imap.id;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.IDRequest;
import org.jameschatmail.protocols.imap.ArgumentReader;
import org.jameschatmail.protocols.imap.ArgumentsParser;

/**
 * Parses {@code ID NIL} and {@code ID ("name" "Delta Chat" "version" NIL)}: at most 30 pairs, which are checked and
 * forgotten. Stateless, thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2971#section-3.3">RFC 2971, section 3.3</a>
 */
public final class IdArgumentsParser extends ArgumentsParser {
    private static final int MAX_PAIRS = 30;

    @Inject
    public IdArgumentsParser(StatusResponseFactory statusResponses) {
        super(ImapConstants.ID_COMMAND, statusResponses);
    }

    @Override
    protected ImapMessage parseArguments(ArgumentReader arguments, Tag tag) throws DecodingException {
        if (arguments.nextIs('(')) {
            arguments.take('(');
            for (int pairs = 0; !arguments.nextIs(')'); pairs++) {
                if (pairs == MAX_PAIRS) {
                    throw ArgumentReader.fault("More than 30 pairs");
                }
                arguments.nstring();
                arguments.nstring();
            }
            arguments.take(')');
        } else if (arguments.nstring().isPresent()) {
            throw ArgumentReader.fault("Expected a list or NIL");
        }
        return new IDRequest(tag, Optional.empty());
    }
}
