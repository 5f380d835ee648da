package org.jameschatmail.core.account;

import java.util.List;
import java.util.Optional;

/** The accounts, for an administrator to look at. Thread-safe. */
public interface AccountDirectory {
    /**
     * Some accounts, by the order of their addresses.
     *
     * @param search part of the address; empty finds all
     * @param after  behind which address to begin; empty begins with the first
     * @param limit  how many at most, 1 or more
     */
    List<AccountSummary> list(String search, String after, int limit);

    Optional<AccountSummary> find(String address);
}
