package org.jameschatmail.core.doctor;

import java.util.OptionalLong;
import org.jameschatmail.core.account.MachineState;
import org.jameschatmail.core.configuration.RegistrationConfiguration;

/** Whether Java, disk and memory suffice. */
public record MachineReview(MachineState machine, RegistrationConfiguration registration) {
    private static final int LEAST_JAVA = 17;
    private static final long LEAST_DISK = 200_000_000;
    private static final long MEGABYTE = 1_000_000;

    /** @param feature the first number of the version */
    public static Finding java(int feature, String description) {
        return feature < LEAST_JAVA
                ? Finding.fail(Subject.JAVA, description, "Install Java 17 or later.")
                : Finding.ok(Subject.JAVA, description);
    }

    public Finding disk() {
        OptionalLong free = machine.freeDisk();
        if (free.isEmpty()) {
            return Finding.warn(Subject.DISK, "free space not known", "Look yourself.");
        }
        String seen = free.getAsLong() / MEGABYTE + " MB free";
        if (free.getAsLong() < LEAST_DISK) {
            return Finding.fail(Subject.DISK, seen, "Make room: mail can't be stored any more.");
        }
        return free.getAsLong() < registration.guardDisk()
                ? Finding.warn(Subject.DISK, seen, "Make room: new accounts are refused below registration.guard.disk.")
                : Finding.ok(Subject.DISK, seen);
    }

    public Finding memory() {
        OptionalLong free = machine.availableMemory();
        if (free.isEmpty()) {
            return Finding.warn(Subject.MEMORY, "available memory not known", "Look yourself.");
        }
        String seen = free.getAsLong() / MEGABYTE + " MB available";
        return free.getAsLong() < registration.guardMemory()
                ? Finding.warn(
                        Subject.MEMORY,
                        seen,
                        "Stop something else: new accounts are refused below registration.guard.memory.")
                : Finding.ok(Subject.MEMORY, seen);
    }
}
