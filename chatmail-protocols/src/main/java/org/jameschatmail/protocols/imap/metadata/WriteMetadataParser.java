package org.jameschatmail.protocols.imap.metadata;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.decode.DecodingException;
import org.jameschatmail.protocols.imap.ArgumentReader;
import org.jameschatmail.protocols.imap.ArgumentsParser;

/**
 * Parses SETMETADATA: up to 100 entries below {@code /private} or {@code /shared}, each with a quoted string, a literal
 * or NIL. A blank before the closing parenthesis is fine; NUL in a value is not. Stateless, thread-safe.
 *
 * <pre>
 * a SETMETADATA INBOX (/private/devicetoken "1111" )
 * a SETMETADATA "INBOX" (/private/devicetoken {12+}
 * openpgp:wU4D)
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5464#section-4.3">RFC 5464, section 4.3</a>
 */
public final class WriteMetadataParser extends ArgumentsParser {
    private static final int MAX_ENTRIES = 100;

    @Inject
    public WriteMetadataParser(StatusResponseFactory statusResponses) {
        super(ImapConstants.SETMETADATA_COMMAND, statusResponses);
    }

    @Override
    protected ImapMessage parseArguments(ArgumentReader arguments, Tag tag) throws DecodingException {
        String mailbox = arguments.mailbox();
        Map<EntryName, Optional<String>> changes = new LinkedHashMap<>();
        arguments.take('(');
        do {
            EntryName name = EntryName.parse(arguments.astring())
                    .filter(entry -> entry.isPrivate() || entry.isShared())
                    .orElseThrow(() -> ArgumentReader.fault("Not the name of an entry"));
            Optional<String> value = arguments.nstring();
            if (value.filter(text -> text.indexOf('\0') >= 0).isPresent()) {
                throw ArgumentReader.fault("NUL in a value");
            }
            changes.put(name, value);
            if (changes.size() > MAX_ENTRIES) {
                throw ArgumentReader.fault("More than 100 entries");
            }
        } while (!arguments.nextIs(')'));
        arguments.take(')');
        return new WriteMetadataRequest(tag, mailbox, changes);
    }
}
