package org.jameschatmail.core.address;

import java.util.Optional;

/**
 * An address as RFC 5322 writes it, without comments and blanks.
 *
 * @param localPart a dot-atom, or a quoted string with its quotes: {@code "a"@x} and {@code a@x} stay apart
 * @param domain a dot-atom, or an address literal with its brackets
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5322#section-3.4">RFC 5322, section 3.4</a>
 */
public record EmailAddress(String localPart, String domain) {
    /**
     * The first address of an unfolded From field, or nothing when the field names none or is not wholly an address
     * list. Understands display names, comments, quoted strings, groups and address literals; refuses obsolete routes,
     * unquoted {@code @} in a display name, control characters and whatever else readers disagree about.
     */
    public static Optional<EmailAddress> firstOf(String field) {
        return new AddressListReader(field).first();
    }

    /** Whether both are the same, ASCII letters in any case. Other letters have no case here: U+212A is not k. */
    public boolean isSameAs(String address) {
        return lowerCase(toString()).equals(lowerCase(address));
    }

    public boolean hasLocalPart(String name) {
        return lowerCase(localPart).equals(lowerCase(name));
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }

    private static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + 'a' - 'A'));
            }
        }
        return lower.toString();
    }
}
