package org.jameschatmail.web.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tokens of WebAdmin beside the one in the file {@code admin-token}. Thread-safe. */
public interface AdminTokens {
    int MOST_TOKENS = 100;
    int LONGEST_LABEL = 100;

    /** What whoever holds a token may do. */
    enum Scope {
        /** GET and HEAD alone. */
        READ,
        /** All but making and deleting tokens. */
        WRITE,
        /** All: the token in the file. */
        OWNER;

        /** The attribute of a request that says what its sender may do. */
        public static final String ATTRIBUTE = "org.jameschatmail.web.admin.SCOPE";
    }

    /**
     * A token, without what makes it one.
     *
     * @param label what the administrator calls it
     */
    record Entry(String id, String label, Scope scope, Instant made) {}

    /**
     * A token just made.
     *
     * @param token shown now and never again
     */
    record Made(Entry entry, String token) {
        @Override
        public String toString() {
            return "Made[withheld]";
        }
    }

    /** Empty when there are {@value #MOST_TOKENS} already. */
    Optional<Made> make(String label, Scope scope);

    /** The oldest first. */
    List<Entry> list();

    /** Whether there was one. */
    boolean delete(String id);
}
