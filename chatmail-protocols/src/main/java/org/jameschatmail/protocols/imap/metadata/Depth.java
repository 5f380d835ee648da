package org.jameschatmail.protocols.imap.metadata;

import java.util.Locale;
import java.util.Optional;

/**
 * How far below a named entry GETMETADATA looks.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5464#section-4.2.2">RFC 5464, section 4.2.2</a>
 */
public enum Depth {
    /** The entry alone. */
    ZERO,
    /** The entry and its direct children. */
    ONE,
    /** The entry and all below it. */
    INFINITY;

    static Optional<Depth> parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "0" -> Optional.of(ZERO);
            case "1" -> Optional.of(ONE);
            case "infinity" -> Optional.of(INFINITY);
            default -> Optional.empty();
        };
    }

    /** Whether {@code candidate} is reached from {@code base}. A base may be a path that has no value itself. */
    boolean reaches(String base, EntryName candidate) {
        String path = candidate.path();
        if (path.equals(base)) {
            return true;
        }
        if (!path.startsWith(base + "/")) {
            return false;
        }
        return switch (this) {
            case ZERO -> false;
            case ONE -> path.indexOf('/', base.length() + 1) < 0;
            case INFINITY -> true;
        };
    }
}
