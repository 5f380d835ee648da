package org.jameschatmail.core.account;

import java.util.Collection;

/**
 * The accounts that have opted in to cleartext: they take mail from other servers that isn't encrypted, where all its
 * recipients do. Accounts are addresses in lower case. All methods throw unchecked exceptions when the store is out of
 * reach. Thread-safe.
 */
public interface CleartextConsents {
    /** Whether each of them has opted in; false where there are none. */
    boolean areGivenBy(Collection<String> accounts);

    /** From now on the account takes cleartext. Harmless when it does already. */
    void give(String account);

    /** From now on the account doesn't. Harmless when it doesn't already. */
    void withdraw(String account);
}
