package org.jameschatmail.guice.account;

import org.apache.james.core.Username;

/** What is remembered of accounts apart from what is theirs: when they were used last, and which were removed. */
public interface AccountHistory {
    /** The account has logged in, or was just made. Returns at once. */
    void loggedIn(Username name);

    /**
     * Whether the address was another account's until lately, so that nobody may have it.
     *
     * @throws IllegalStateException when the store is out of reach
     */
    boolean isReserved(Username name);

    /**
     * The account is about to be removed: from now on its address is reserved for a while.
     *
     * @throws IllegalStateException when the store is out of reach
     */
    void removing(Username name);

    /**
     * The account is removed with what was its own. What comes to its mailboxes in this very moment is removed later.
     *
     * @throws IllegalStateException when the store is out of reach
     */
    void removed(Username name);
}
