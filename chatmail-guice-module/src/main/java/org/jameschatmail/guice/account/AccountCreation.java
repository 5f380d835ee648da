package org.jameschatmail.guice.account;

import java.net.InetAddress;
import java.util.Optional;
import org.apache.james.core.Username;

/** Decides whether a login with an unknown name may create the account. Called before anything is hashed. */
@FunctionalInterface
public interface AccountCreation {
    /**
     * @param client where the login comes from; empty when it doesn't come from a network client
     * @return whether the account may be made now
     */
    boolean permits(Username name, String password, Optional<InetAddress> client);

    /** The account that was permitted is there. */
    default void created(Username name) {}
}
