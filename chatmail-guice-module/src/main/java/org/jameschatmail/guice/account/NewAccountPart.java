package org.jameschatmail.guice.account;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.james.core.Username;

/**
 * What an account has from its first moment on, such as its INBOX: there with the account or not at all, and durable by one
 * commit for both. Not for accounts that come from another server, which bring their own. Thread-safe.
 */
@FunctionalInterface
public interface NewAccountPart {
    /**
     * Writes it in the transaction that makes the account. What is there already, left over from a removal that was
     * interrupted, stays.
     */
    void create(Connection connection, Username owner) throws SQLException;
}
