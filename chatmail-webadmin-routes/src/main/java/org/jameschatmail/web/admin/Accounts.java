package org.jameschatmail.web.admin;

import org.apache.james.core.Username;

/** Knows which accounts there are. Thread-safe. */
@FunctionalInterface
public interface Accounts {
    /** @throws Exception when the store is out of reach */
    boolean exist(Username name) throws Exception;
}
