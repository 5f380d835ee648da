package org.jameschatmail.core.account;

import java.util.Optional;

/**
 * A login name taken apart: a localpart and a domain, in lower case. Only ASCII letters are folded, so that no
 * look-alike letter of another script folds onto a name that is somebody else's.
 *
 * @param localpart before the last {@code @}, not empty
 * @param domain after it, not empty
 */
public record Login(String localpart, String domain) {
    private static final int LONGEST = 320;

    /** Takes the name apart; empty when there is no {@code @} with something on both sides, or it is too long. */
    public static Optional<Login> parse(String name) {
        int at = name.lastIndexOf('@');
        if (at <= 0 || at == name.length() - 1 || name.length() > LONGEST) {
            return Optional.empty();
        }
        String folded = fold(name);
        return Optional.of(new Login(folded.substring(0, at), folded.substring(at + 1)));
    }

    /** The name with ASCII letters in lower case and everything else as it is. */
    public static String fold(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        name.chars().forEach(letter -> folded.append((char) (letter >= 'A' && letter <= 'Z' ? letter + 32 : letter)));
        return folded.toString();
    }

    /** The address, in lower case. */
    public String address() {
        return localpart + "@" + domain;
    }

    @Override
    public String toString() {
        return "Login[***]";
    }
}
