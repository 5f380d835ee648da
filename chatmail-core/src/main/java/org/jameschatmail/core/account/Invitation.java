package org.jameschatmail.core.account;

import java.time.Instant;
import java.util.Optional;

/**
 * What lets strangers have accounts while registration is by invitation.
 *
 * @param id    names it to the operator, and is no secret
 * @param token the secret in its link, of {@code A-Za-z0-9_-}
 * @param label the operator's note, may be empty
 * @param uses  how many accounts it is good for
 * @param used  how many were made or are handed out
 * @param expires when it ends
 */
public record Invitation(String id, String token, String label, int uses, int used, Optional<Instant> expires) {
    /** Columns and forms end here. */
    public static final int LONGEST_LABEL = 100;

    public static final int MOST_USES = 100_000;

    /** Whether an account can be made with it. */
    public boolean isUsable(Instant now) {
        return used < uses && expires.map(now::isBefore).orElse(true);
    }

    @Override
    public String toString() {
        return "Invitation[" + id + "]";
    }
}
