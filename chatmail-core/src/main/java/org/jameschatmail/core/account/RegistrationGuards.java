package org.jameschatmail.core.account;

import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jameschatmail.core.configuration.RegistrationConfiguration;

/**
 * Keeps new accounts off a machine that has enough to do; existing accounts never notice. A guard that is on and
 * whose reading can't be had counts as raised. Thread-safe as the readings are.
 */
public final class RegistrationGuards {
    private final RegistrationConfiguration registration;
    private final MachineState machine;

    /** What the machine is short of. */
    public enum Shortage {
        LOAD,
        MEMORY,
        DISK
    }

    public RegistrationGuards(RegistrationConfiguration registration, MachineState machine) {
        this.registration = registration;
        this.machine = machine;
    }

    /** What speaks against a new account right now; nothing when the set is empty. */
    public Set<Shortage> shortages() {
        Set<Shortage> shortages = EnumSet.noneOf(Shortage.class);
        if (registration.guardLoad() > 0 && isAbove(machine.load(), registration.guardLoad())) {
            shortages.add(Shortage.LOAD);
        }
        if (registration.guardMemory() > 0 && isBelow(machine.availableMemory(), registration.guardMemory())) {
            shortages.add(Shortage.MEMORY);
        }
        if (registration.guardDisk() > 0 && isBelow(machine.freeDisk(), registration.guardDisk())) {
            shortages.add(Shortage.DISK);
        }
        return shortages;
    }

    private static boolean isAbove(OptionalDouble reading, double most) {
        return reading.isEmpty() || reading.getAsDouble() > most;
    }

    private static boolean isBelow(OptionalLong reading, long least) {
        return reading.isEmpty() || reading.getAsLong() < least;
    }
}
