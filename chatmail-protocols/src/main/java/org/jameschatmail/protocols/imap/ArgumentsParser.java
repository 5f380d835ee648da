package org.jameschatmail.protocols.imap;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;

/**
 * Base of our command parsers. A malformed command is answered with BAD and read to the end of its line; James leaves
 * the rest of a line that holds a literal, and takes it for the next command. Stateless, thread-safe.
 */
public abstract class ArgumentsParser extends AbstractImapCommandParser {
    protected ArgumentsParser(ImapCommand command, StatusResponseFactory statusResponses) {
        super(command, statusResponses);
    }

    /** Reads all arguments up to, and without, the end of the line. */
    protected abstract ImapMessage parseArguments(ArgumentReader arguments, Tag tag) throws DecodingException;

    @Override
    protected final ImapMessage decode(ImapRequestLineReader line, Tag tag, ImapSession session)
            throws DecodingException {
        ArgumentReader arguments = new ArgumentReader(line);
        try {
            ImapMessage message = parseArguments(arguments, tag);
            arguments.end();
            return message;
        } catch (DecodingException e) {
            arguments.skipToEnd();
            throw e;
        }
    }
}
