package org.jameschatmail.core.account;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The machine this JVM runs on: the load from the JVM, {@code MemAvailable} of {@code /proc/meminfo} (elsewhere than on
 * Linux the JVM's idea of free memory), and the file store of the data directory. Thread-safe.
 */
public final class LocalMachineState implements MachineState {
    private static final Pattern MEM_AVAILABLE = Pattern.compile("MemAvailable:\\s+([0-9]{1,15}) kB");
    private static final long KIBIBYTE = 1024;

    private final Path dataDirectory;
    private final Path memoryInformation;
    private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();

    public LocalMachineState(Path dataDirectory) {
        this(dataDirectory, Path.of("/proc/meminfo"));
    }

    LocalMachineState(Path dataDirectory, Path memoryInformation) {
        this.dataDirectory = dataDirectory;
        this.memoryInformation = memoryInformation;
    }

    @Override
    public OptionalDouble load() {
        double load = system.getSystemLoadAverage();
        return load < 0 ? OptionalDouble.empty() : OptionalDouble.of(load);
    }

    @Override
    public OptionalLong availableMemory() {
        if (!Files.isReadable(memoryInformation)) {
            return freeMemoryOfJvm();
        }
        try {
            return memAvailable(Files.readAllLines(memoryInformation));
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }

    @Override
    public OptionalLong freeDisk() {
        // Not by its FileStore, which isn't found where a mount point isn't seen, as in a chroot.
        return Files.exists(dataDirectory)
                ? OptionalLong.of(dataDirectory.toFile().getUsableSpace())
                : OptionalLong.empty();
    }

    private static OptionalLong memAvailable(List<String> lines) {
        return lines.stream()
                .map(MEM_AVAILABLE::matcher)
                .filter(Matcher::matches)
                .mapToLong(line -> Long.parseLong(line.group(1)) * KIBIBYTE)
                .findFirst();
    }

    private OptionalLong freeMemoryOfJvm() {
        return system instanceof com.sun.management.OperatingSystemMXBean
                ? OptionalLong.of(((com.sun.management.OperatingSystemMXBean) system).getFreeMemorySize())
                : OptionalLong.empty();
    }
}
