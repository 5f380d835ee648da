package org.jameschatmail.guice.account;

import org.jameschatmail.core.account.RegistrationControl;
import org.jameschatmail.core.configuration.RegistrationMode;

/** What is switched lives as long as the test. Not thread-safe. */
public final class MemoryRegistration implements RegistrationControl {
    private RegistrationMode mode;
    private int perNetwork;

    public MemoryRegistration(RegistrationMode mode, int perNetwork) {
        this.mode = mode;
        this.perNetwork = perNetwork;
    }

    @Override
    public RegistrationMode mode() {
        return mode;
    }

    @Override
    public void switchTo(RegistrationMode newMode) {
        mode = newMode;
    }

    @Override
    public int perNetwork() {
        return perNetwork;
    }

    @Override
    public void limitPerNetwork(int accounts) {
        perNetwork = accounts;
    }
}
