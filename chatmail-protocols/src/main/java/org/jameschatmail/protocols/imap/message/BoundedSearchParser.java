package org.jameschatmail.protocols.imap.message;

import javax.inject.Inject;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.request.SearchKey;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.parser.SearchCommandParser;
import org.jameschatmail.protocols.imap.frame.FrameReader;

/**
 * Parses SEARCH, with at most {@value #MOST_KEYS} keys. James' parser, and the search after it, need a stack as deep as
 * the keys are many, and a line of {@code NOT NOT NOT} overflows it. Stateless, thread-safe.
 */
public final class BoundedSearchParser extends SearchCommandParser {
    static final int MOST_KEYS = 300;

    @Inject
    public BoundedSearchParser(StatusResponseFactory statusResponses) {
        super(statusResponses);
    }

    @Override
    protected SearchKey searchKey(
            ImapSession session, ImapRequestLineReader request, Context context, boolean isFirstToken)
            throws DecodingException {
        if (request instanceof FrameReader frame && frame.countPart() > MOST_KEYS) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Too many search keys");
        }
        return super.searchKey(session, request, context, isFirstToken);
    }
}
