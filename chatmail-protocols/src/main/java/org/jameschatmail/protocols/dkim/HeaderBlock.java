package org.jameschatmail.protocols.dkim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The header fields of a message, octet for octet: each octet is the character of the same number.
 *
 * @param fields from top to bottom
 */
record HeaderBlock(List<Field> fields) {
    /** Above the limit of the gates, as the server adds fields of its own. */
    static final int MAX_BYTES = 1 << 19;

    /**
     * One field as it came.
     *
     * @param name in lower case, without blanks around it
     * @param text the whole field, folded as it came, without the CRLF that ends it
     */
    record Field(String name, String text) {
        /** What stands after the colon. */
        String value() {
            return text.substring(text.indexOf(':') + 1);
        }
    }

    HeaderBlock {
        fields = List.copyOf(fields);
    }

    /**
     * Reads up to the empty line and with it, so that the body comes next. Octet by octet: give it a buffered stream.
     *
     * @return empty when a line is no field, or the block is larger than {@value #MAX_BYTES} octets
     */
    static Optional<HeaderBlock> read(InputStream message) throws IOException {
        List<Field> fields = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        StringBuilder field = new StringBuilder();
        int left = MAX_BYTES;
        while (true) {
            line.reset();
            boolean ended = readLine(message, line, left);
            left -= line.size() + 2;
            if (left < 0) {
                return Optional.empty();
            }
            String text = line.toString(StandardCharsets.ISO_8859_1);
            if (text.startsWith(" ") || text.startsWith("\t")) {
                field.append("\r\n").append(text);
                continue;
            }
            if (!field.isEmpty() && !add(field.toString(), fields)) {
                return Optional.empty();
            }
            field.setLength(0);
            field.append(text);
            if (text.isEmpty() || !ended) {
                return text.isEmpty() || add(text, fields) ? Optional.of(new HeaderBlock(fields)) : Optional.empty();
            }
        }
    }

    List<Field> named(String lowerCaseName) {
        return fields.stream()
                .filter(field -> field.name().equals(lowerCaseName))
                .toList();
    }

    private static boolean add(String text, List<Field> fields) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        fields.add(new Field(name, text));
        return !name.isEmpty();
    }

    /** False when the message ends before the line does. */
    private static boolean readLine(InputStream in, ByteArrayOutputStream line, int limit) throws IOException {
        boolean carriageReturn = false;
        while (line.size() <= limit) {
            int octet = in.read();
            if (carriageReturn && octet == '\n') {
                return true;
            }
            if (carriageReturn) {
                line.write('\r');
            }
            carriageReturn = octet == '\r';
            if (octet < 0) {
                return false;
            }
            if (!carriageReturn) {
                line.write(octet);
            }
        }
        return false;
    }
}
