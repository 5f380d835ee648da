package org.jameschatmail.benchmarks.load.wire;

import java.security.SecureRandom;

/**
 * Credentials of a mailbox, which its first login makes.
 *
 * @param address such as {@code a1b2c3d4e@chat.example}
 */
public record Account(String address, String password) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LOCALPART = 9;

    /** Credentials that nobody has used yet. */
    public static Account unused(String domain, String password) {
        StringBuilder localpart = new StringBuilder();
        RANDOM.ints(LOCALPART, 0, LETTERS.length()).forEach(index -> localpart.append(LETTERS.charAt(index)));
        return new Account(localpart + "@" + domain, password);
    }

    @Override
    public String toString() {
        return address;
    }
}
