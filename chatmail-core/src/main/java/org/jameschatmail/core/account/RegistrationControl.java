package org.jameschatmail.core.account;

import org.jameschatmail.core.configuration.RegistrationMode;

/**
 * Who may have a new account now. The configuration says so until an administrator switches; what was switched stays over
 * restarts. Thread-safe.
 */
public interface RegistrationControl {
    RegistrationMode mode();

    void switchTo(RegistrationMode mode);

    /** New accounts an hour from one network; 0 is no limit. */
    int perNetwork();

    /** @param accounts 0 or more */
    void limitPerNetwork(int accounts);
}
