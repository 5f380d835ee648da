package org.jameschatmail.protocols.imap.metadata;

import java.time.Instant;
import java.util.List;
import org.apache.james.core.Username;

/**
 * The device tokens of all accounts. An account holds each token once, and at most {@value #MAX_PER_ACCOUNT} of them:
 * one more pushes out the one that was renewed the longest ago. Calls may block and may be made by several threads at
 * once; a store out of reach throws an unchecked exception.
 */
public interface DeviceTokens {
    int MAX_PER_ACCOUNT = 32;

    /** Adds the token, or renews the one that is there, at the store's present time. */
    void add(Username owner, DeviceToken token);

    /** The tokens in the order in which they were first added. */
    List<DeviceToken> list(Username owner);

    /** Removes one token, if it is there. */
    void remove(Username owner, DeviceToken token);

    /** Removes the tokens of an account. */
    void removeAll(Username owner);

    /**
     * Removes the tokens of all accounts that were last added or renewed before this time.
     *
     * @return how many
     */
    int removeRenewedBefore(Instant time);
}
