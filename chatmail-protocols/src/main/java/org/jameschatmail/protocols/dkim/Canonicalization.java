package org.jameschatmail.protocols.dkim;

import java.util.Locale;
import java.util.Optional;

/**
 * How much of the blanks a signature is about: all of them, or what survives mail servers that tidy up.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6376#section-3.4">RFC 6376, section 3.4</a>
 */
enum Canonicalization {
    SIMPLE,
    RELAXED;

    static Optional<Canonicalization> parse(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "simple" -> Optional.of(SIMPLE);
            case "relaxed" -> Optional.of(RELAXED);
            default -> Optional.empty();
        };
    }

    /** What is signed of a field, without the CRLF that ends it. */
    String header(String field) {
        if (this == SIMPLE) {
            return field;
        }
        int colon = field.indexOf(':');
        StringBuilder relaxed = new StringBuilder(field.length());
        relaxed.append(field.substring(0, colon).strip().toLowerCase(Locale.ROOT))
                .append(':');
        int valueStart = relaxed.length();
        boolean blank = false;
        for (int i = colon + 1; i < field.length(); i++) {
            char character = field.charAt(i);
            if (character == ' ' || character == '\t') {
                blank = true;
            } else if (field.startsWith("\r\n", i)) {
                i++;
            } else {
                if (blank && relaxed.length() > valueStart) {
                    relaxed.append(' ');
                }
                blank = false;
                relaxed.append(character);
            }
        }
        return relaxed.toString();
    }
}
