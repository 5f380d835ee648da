package org.jameschatmail.integration.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Cuts one direction of an IMAP connection into lines, and the literals behind them. Not thread-safe. */
final class WireReader {
    private static final Pattern LITERAL = Pattern.compile(".*\\{(\\d+)\\+?}");

    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
    private @Nullable Inflater inflater;
    private boolean behindLiteral;
    private boolean commandStart;

    /** Takes a line without its end, and the literal that it announces. */
    interface Lines {
        void take(String line, Optional<String> literal);
    }

    /** What comes from now on is deflated. */
    void inflate() {
        inflater = new Inflater(true);
    }

    void read(byte[] octets, Lines lines) {
        unread.writeBytes(inflated(octets));
        String text = unread.toString(ISO_8859_1);
        int taken = 0;
        for (int end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n", taken)) {
            String line = text.substring(taken, end);
            Matcher announced = LITERAL.matcher(line);
            int behind = end + 2;
            Optional<String> literal = Optional.empty();
            if (announced.matches()) {
                int length = Integer.parseInt(announced.group(1));
                if (text.length() < behind + length) {
                    break;
                }
                literal = Optional.of(text.substring(behind, behind + length));
                behind += length;
            }
            commandStart = !behindLiteral;
            behindLiteral = literal.isPresent();
            taken = behind;
            lines.take(line, literal);
        }
        unread.reset();
        unread.writeBytes(text.substring(taken).getBytes(ISO_8859_1));
    }

    /** Whether the line that was taken last begins a command, and isn't the rest of one behind a literal. */
    boolean isCommandStart() {
        return commandStart;
    }

    private byte[] inflated(byte[] octets) {
        Inflater here = inflater;
        if (here == null) {
            return octets;
        }
        here.setInput(octets);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        byte[] piece = new byte[8192];
        try {
            for (int count = here.inflate(piece); count > 0; count = here.inflate(piece)) {
                plain.write(piece, 0, count);
            }
        } catch (DataFormatException e) {
            throw new IllegalStateException("not deflated", e);
        }
        return plain.toByteArray();
    }
}
