package org.jameschatmail.core.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jameschatmail.core.address.AddressToken.Kind;

/**
 * Cuts an unfolded address list into tokens and drops comments and blanks; single use. Nesting costs a counter, no
 * stack.
 */
final class AddressTokenizer {
    /** Far above any honest From field; a longer one names nobody. */
    private static final int MAX_LENGTH = 8192;

    private static final String SPECIALS = "<>@,:;";
    private static final String NEVER_IN_ATOMS = "()[]\\\"" + SPECIALS;

    private final String field;
    private int position;

    private AddressTokenizer(String field) {
        this.field = field;
    }

    /** Nothing when the field is too long, has a control character, or an open quote, comment or literal. */
    static Optional<List<AddressToken>> tokenize(String field) {
        if (field.length() > MAX_LENGTH || field.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7F)) {
            return Optional.empty();
        }
        return new AddressTokenizer(field).tokens();
    }

    private Optional<List<AddressToken>> tokens() {
        List<AddressToken> tokens = new ArrayList<>();
        while (position < field.length()) {
            int start = position;
            char c = field.charAt(position);
            Kind kind = kindOf(c);
            boolean closed = true;
            if (c == ' ' || c == '\t') {
                position++;
                continue;
            } else if (c == '(') {
                if (!skipComment()) {
                    return Optional.empty();
                }
                continue;
            } else if (kind == Kind.SPECIAL) {
                position++;
                closed = SPECIALS.indexOf(c) >= 0;
            } else if (kind == Kind.ATOM) {
                skipAtom();
            } else {
                closed = skipTo(kind == Kind.QUOTED_STRING ? '"' : ']');
            }
            if (!closed) {
                return Optional.empty();
            }
            tokens.add(new AddressToken(kind, field.substring(start, position)));
        }
        return Optional.of(tokens);
    }

    private static Kind kindOf(char c) {
        return switch (c) {
            case '"' -> Kind.QUOTED_STRING;
            case '[' -> Kind.DOMAIN_LITERAL;
            default -> NEVER_IN_ATOMS.indexOf(c) >= 0 ? Kind.SPECIAL : Kind.ATOM;
        };
    }

    private void skipAtom() {
        while (position < field.length()) {
            char c = field.charAt(position);
            if (c == ' ' || c == '\t' || NEVER_IN_ATOMS.indexOf(c) >= 0) {
                return;
            }
            position++;
        }
    }

    /** A literal takes no quoted pairs and no brackets; a quoted string takes both. */
    private boolean skipTo(char end) {
        while (++position < field.length()) {
            char c = field.charAt(position);
            if (c == end) {
                position++;
                return true;
            }
            if (end == ']' && (c == '[' || c == '\\' || c == ' ' || c == '\t')) {
                return false;
            }
            if (c == '\\') {
                position++;
            }
        }
        return false;
    }

    private boolean skipComment() {
        int depth = 0;
        while (position < field.length()) {
            char c = field.charAt(position++);
            if (c == '\\') {
                position++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return true;
            }
        }
        return false;
    }
}
