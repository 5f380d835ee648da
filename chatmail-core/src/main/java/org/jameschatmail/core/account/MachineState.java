package org.jameschatmail.core.account;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** How the machine is doing. Each reading is fresh, may block briefly on I/O, and is empty where it can't be had. */
public interface MachineState {
    /** The load average over one minute. */
    OptionalDouble load();

    /** Memory that could be used without swapping, in bytes. */
    OptionalLong availableMemory();

    /** Disk that could be used in the data directory, in bytes. */
    OptionalLong freeDisk();
}
