package org.jameschatmail.core.account;

import java.util.Set;
import org.jameschatmail.core.account.RegistrationGuards.Shortage;
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

    /** From where on there are no new accounts: a load average, or octets that are available or free. 0 is off. */
    double guard(Shortage shortage);

    /** @param limit 0 or more */
    void limitGuard(Shortage shortage, double limit);

    /** What was switched; of all else the configuration decides. */
    Set<RegistrationSwitch> switched();

    /** Leaves all to the configuration again. */
    void reset();
}
