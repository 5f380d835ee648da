package org.jameschatmail.protocols.imap;

import java.util.Optional;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;

/**
 * A tagged status reply whose response code and text are written as they are: {@code a1 OK [CAPABILITY IDLE] Logged in}.
 * James' own status response puts the command's name before the text and knows a closed set of codes.
 * Code and text are printable ASCII and come from the server, never from the client. Immutable.
 *
 * @param code the response code without its brackets
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5530">RFC 5530</a>
 */
public record StatusReply(StatusResponse.Type type, Tag tag, Optional<String> code, String text)
        implements ImapResponseMessage {

    public static StatusReply ok(ImapRequest request, String text) {
        return new StatusReply(StatusResponse.Type.OK, request.getTag(), Optional.empty(), text);
    }

    public static StatusReply ok(ImapRequest request, String code, String text) {
        return new StatusReply(StatusResponse.Type.OK, request.getTag(), Optional.of(code), text);
    }

    public static StatusReply no(ImapRequest request, String code, String text) {
        return new StatusReply(StatusResponse.Type.NO, request.getTag(), Optional.of(code), text);
    }

    public static StatusReply bad(ImapRequest request, String text) {
        return new StatusReply(StatusResponse.Type.BAD, request.getTag(), Optional.empty(), text);
    }
}
