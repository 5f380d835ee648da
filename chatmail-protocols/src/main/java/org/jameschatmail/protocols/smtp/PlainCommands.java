package org.jameschatmail.protocols.smtp;

import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;

/**
 * James' dispatcher, for command lines without control characters: {@code 500 5.5.2} for all others, a bare CR
 * included (RFC 5321, section 2.3.8). Otherwise a reply that repeats a command would repeat the bare CR as well, which
 * its reader may take for a line end. Thread-safe once it is wired.
 */
public final class PlainCommands extends CommandDispatcher<SMTPSession> {
    @Override
    public Response onLine(SMTPSession session, byte[] line) {
        return isPlain(line)
                ? super.onLine(session, line)
                : new SMTPResponse("500", "5.5.2 Control character in command");
    }

    private static boolean isPlain(byte[] line) {
        int end = line.length;
        if (end > 0 && line[end - 1] == '\n') {
            end--;
        }
        if (end > 0 && line[end - 1] == '\r') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            // Octets above ASCII are negative: James reads them as question marks.
            if (line[i] >= 0 && line[i] < ' ' && line[i] != '\t' || line[i] == 0x7F) {
                return false;
            }
        }
        return true;
    }
}
