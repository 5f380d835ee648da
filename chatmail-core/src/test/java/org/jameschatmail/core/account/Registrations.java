package org.jameschatmail.core.account;

import org.jameschatmail.core.configuration.RegistrationConfiguration;
import org.jameschatmail.core.configuration.RegistrationMode;

/** Registration configurations that differ from the default in what a test is about. */
final class Registrations {
    private Registrations() {}

    static RegistrationConfiguration withLengths(int localpartMin, int localpartMax, int passwordMin) {
        return new RegistrationConfiguration(
                RegistrationMode.OPEN, localpartMin, localpartMax, passwordMin, 300, 5, 0, 0);
    }

    static RegistrationConfiguration withGuards(double load, long memory, long disk) {
        return new RegistrationConfiguration(RegistrationMode.OPEN, 9, 9, 9, 300, load, memory, disk);
    }
}
