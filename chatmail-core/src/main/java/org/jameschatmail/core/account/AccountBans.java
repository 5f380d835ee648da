package org.jameschatmail.core.account;

/**
 * Accounts that may not log in; mail for them is kept. Names are whole addresses in lower case. Thread-safe.
 */
public interface AccountBans {
    /** Asked with each login: answers from memory. */
    boolean isBanned(String account);

    /** Takes effect at once in this process, within seconds in others on the same database. */
    void ban(String account);

    void lift(String account);
}
