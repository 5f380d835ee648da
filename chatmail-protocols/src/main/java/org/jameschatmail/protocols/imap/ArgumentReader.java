package org.jameschatmail.protocols.imap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;

/**
 * Reads the arguments of one command. Looks before it consumes, so that a fault never swallows the end of the line,
 * and with it the next command. Blanks between arguments are skipped. Lines may end in CRLF or in a bare LF.
 * Not thread-safe; one instance a command.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3501#section-9">RFC 3501, section 9</a>
 */
public final class ArgumentReader {
    private static final String NIL = "NIL";

    private final ImapRequestLineReader line;

    ArgumentReader(ImapRequestLineReader line) {
        this.line = line;
    }

    /** Whether the next argument starts with this character. */
    public boolean nextIs(char expected) throws DecodingException {
        return line.nextWordCharLenient().filter(next -> next == expected).isPresent();
    }

    /** Whether the line has nothing more than blanks. */
    public boolean atEnd() throws DecodingException {
        return line.nextWordCharLenient().isEmpty();
    }

    /** Consumes this character or fails. */
    public void take(char expected) throws DecodingException {
        if (!nextIs(expected)) {
            throw fault("Expected " + expected);
        }
        line.consume();
    }

    /** A mailbox name, decoded from modified UTF-7; {@code INBOX} in upper case. May be empty. */
    public String mailbox() throws DecodingException {
        return line.mailbox();
    }

    /** An atom, a quoted string or a literal. An empty atom is a fault. */
    public String astring() throws DecodingException {
        return nextIs('"') || nextIs('{') ? line.astring(UTF_8) : word();
    }

    /**
     * A quoted string, a literal (also one that does not wait, {@code {4+}}, or a binary one, {@code ~{4}}), or NIL
     * as empty. Literals are UTF-8, quoted strings ASCII.
     */
    public Optional<String> nstring() throws DecodingException {
        if (nextIs('"')) {
            return Optional.of(line.consumeQuoted());
        }
        if (nextIs('~')) {
            line.consume();
        }
        if (nextIs('{')) {
            return Optional.of(line.consumeLiteral(UTF_8));
        }
        if (NIL.equalsIgnoreCase(word())) {
            return Optional.empty();
        }
        throw fault("Expected a string or NIL");
    }

    /** An atom of at least one character. */
    public String word() throws DecodingException {
        String word = line.atom();
        if (word.isEmpty()) {
            throw fault("Expected an atom");
        }
        return word;
    }

    /** The end of the command; left in place for James, which consumes it. */
    void end() throws DecodingException {
        line.eol();
    }

    /** Moves to the end of the line after a fault. */
    void skipToEnd() throws DecodingException {
        while (line.nextChar() != '\n') {
            line.consume();
        }
    }

    /** A fault that is answered with BAD; the text stays in the log. */
    public static DecodingException fault(String text) {
        return new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, text);
    }
}
