package org.jameschatmail.core.account;

import java.util.Set;
import org.jameschatmail.core.configuration.RegistrationConfiguration;
import org.jameschatmail.core.configuration.RegistrationMode;

/** Registration configurations that differ from the default in what a test is about. */
final class Registrations {
    private Registrations() {}

    static RegistrationConfiguration withLengths(int localpartMin, int localpartMax, int passwordMin) {
        return new RegistrationConfiguration(
                RegistrationMode.OPEN, localpartMin, localpartMax, Set.of("billing99"), passwordMin, 300, 5, 0, 0);
    }
}
