package org.jameschatmail.guice.account;

import org.apache.james.core.Username;

/** What is kept for accounts beside their mailboxes, and goes with them. Thread-safe. */
@FunctionalInterface
public interface AccountData {
    /**
     * Removes all there is of an account, before the account itself: after a failure the removal can be asked for again.
     *
     * @throws Exception when the store is out of reach
     */
    void removeAll(Username owner) throws Exception;
}
