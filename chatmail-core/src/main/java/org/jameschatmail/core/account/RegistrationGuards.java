package org.jameschatmail.core.account;

import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Keeps new accounts off a machine that has enough to do; existing accounts never notice. A guard that is on and
 * whose reading can't be had counts as raised. Thread-safe as the readings are.
 */
public final class RegistrationGuards {
    private final ToDoubleFunction<Shortage> limits;
    private final MachineState machine;

    /** What the machine is short of. */
    public enum Shortage {
        LOAD,
        MEMORY,
        DISK
    }

    /** @param limits asked each time: a load average, or octets; 0 is off */
    public RegistrationGuards(ToDoubleFunction<Shortage> limits, MachineState machine) {
        this.limits = limits;
        this.machine = machine;
    }

    /** What speaks against a new account right now; nothing when the set is empty. */
    public Set<Shortage> shortages() {
        Set<Shortage> shortages = EnumSet.noneOf(Shortage.class);
        for (Shortage shortage : Shortage.values()) {
            double limit = limits.applyAsDouble(shortage);
            if (limit > 0 && isShort(shortage, limit)) {
                shortages.add(shortage);
            }
        }
        return shortages;
    }

    private boolean isShort(Shortage shortage, double limit) {
        return switch (shortage) {
            case LOAD -> isAbove(machine.load(), limit);
            case MEMORY -> isBelow(machine.availableMemory(), limit);
            case DISK -> isBelow(machine.freeDisk(), limit);
        };
    }

    private static boolean isAbove(OptionalDouble reading, double most) {
        return reading.isEmpty() || reading.getAsDouble() > most;
    }

    private static boolean isBelow(OptionalLong reading, double least) {
        return reading.isEmpty() || reading.getAsLong() < least;
    }
}
