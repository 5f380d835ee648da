package org.jameschatmail.guice.account;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jameschatmail.core.account.RegistrationControl;
import org.jameschatmail.core.account.RegistrationGuards.Shortage;
import org.jameschatmail.core.account.RegistrationSwitch;
import org.jameschatmail.core.configuration.RegistrationMode;

/** What is switched lives as long as the test. Not thread-safe. */
public final class MemoryRegistration implements RegistrationControl {
    private RegistrationMode mode;
    private int perNetwork;
    private final Map<Shortage, Double> guards = new EnumMap<>(Shortage.class);

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

    @Override
    public double guard(Shortage shortage) {
        return guards.getOrDefault(shortage, 0.0);
    }

    @Override
    public void limitGuard(Shortage shortage, double limit) {
        guards.put(shortage, limit);
    }

    @Override
    public Set<RegistrationSwitch> switched() {
        return Set.of();
    }

    @Override
    public void reset() {
        guards.clear();
    }
}
