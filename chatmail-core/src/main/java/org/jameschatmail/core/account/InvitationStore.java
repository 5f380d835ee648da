package org.jameschatmail.core.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The invitations of a server. A use is taken when an address is handed out, and comes back when nobody has logged in with
 * it for a day. Thread-safe.
 */
public interface InvitationStore {
    /** All of them, the latest first. */
    List<Invitation> list();

    Optional<Invitation> find(String id);

    /** The one with this token. */
    Optional<Invitation> byToken(String token);

    /**
     * @param label at most {@link Invitation#LONGEST_LABEL} characters
     * @param uses 1 to {@link Invitation#MOST_USES}
     */
    Invitation make(String label, int uses, Optional<Instant> expires);

    /** Ends one; what was handed out for it stays good. Whether it was there. */
    boolean withdraw(String id);

    /**
     * Takes a use for an address, whose first login may make the account from now on.
     *
     * @return false when the token is unknown, used up or expired
     */
    boolean reserve(String token, String account);

    /** Whether the first login of this address may make the account. */
    boolean isReserved(String account);

    /** The account is made. */
    void redeem(String account);
}
