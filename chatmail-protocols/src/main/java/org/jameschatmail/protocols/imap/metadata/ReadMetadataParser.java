package org.jameschatmail.protocols.imap.metadata;

import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.decode.DecodingException;
import org.jameschatmail.protocols.imap.ArgumentReader;
import org.jameschatmail.protocols.imap.ArgumentsParser;

/**
 * Parses GETMETADATA. Options may stand before the mailbox, as the grammar of RFC 5464 has it, or after it, as its
 * examples have it. Names are atoms, quoted strings or literals, one without a parenthesis or up to 100 within. A name
 * that no entry can have is left out rather than refused, since Delta Chat reconnects for ever over a refusal.
 *
 * <pre>
 * a GETMETADATA "" (/shared/comment /shared/vendor/deltachat/turn)
 * a GETMETADATA (MAXSIZE 1024 DEPTH 1) INBOX /private
 * a GETMETADATA "" (DEPTH infinity) "/shared"
 * </pre>
 *
 * Stateless, thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5464#section-5">RFC 5464, section 5</a>
 */
public final class ReadMetadataParser extends ArgumentsParser {
    private static final int MAX_ENTRIES = 100;

    @Inject
    public ReadMetadataParser(StatusResponseFactory statusResponses) {
        super(ImapConstants.GETMETDATA_COMMAND, statusResponses);
    }

    @Override
    protected ImapMessage parseArguments(ArgumentReader arguments, Tag tag) throws DecodingException {
        MetadataOptions options = MetadataOptions.NONE;
        if (arguments.nextIs('(')) {
            arguments.take('(');
            options = options.andThose(arguments);
        }
        String mailbox = arguments.mailbox();
        if (!arguments.nextIs('(')) {
            return new ReadMetadataRequest(tag, mailbox, options, single(arguments));
        }
        arguments.take('(');
        if (startsName(arguments)) {
            return new ReadMetadataRequest(tag, mailbox, options, rest(arguments));
        }
        options = options.andThose(arguments);
        if (!arguments.nextIs('(')) {
            return new ReadMetadataRequest(tag, mailbox, options, single(arguments));
        }
        arguments.take('(');
        return new ReadMetadataRequest(tag, mailbox, options, rest(arguments));
    }

    private static boolean startsName(ArgumentReader arguments) throws DecodingException {
        return arguments.nextIs('/') || arguments.nextIs('"') || arguments.nextIs('{');
    }

    private static List<EntryName> single(ArgumentReader arguments) throws DecodingException {
        return EntryName.parse(arguments.astring()).stream().toList();
    }

    private static List<EntryName> rest(ArgumentReader arguments) throws DecodingException {
        List<EntryName> entries = new ArrayList<>();
        int names = 0;
        do {
            if (++names > MAX_ENTRIES) {
                throw ArgumentReader.fault("More than 100 entries");
            }
            EntryName.parse(arguments.astring()).ifPresent(entries::add);
        } while (!arguments.nextIs(')'));
        arguments.take(')');
        return entries;
    }
}
