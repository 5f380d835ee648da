package org.jameschatmail.benchmarks.load.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What a reader must know of the machine to judge the figures. */
public final class MachineFacts {
    private static final long MIB = 1024L * 1024;

    private MachineFacts() {}

    /** @param folder where the servers have their data */
    public static List<String> lines(Path folder) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return List.of(
                "Date: " + LocalDate.now(ZoneOffset.UTC),
                "Processor: " + Runtime.getRuntime().availableProcessors() + " of "
                        + field(Path.of("/proc/cpuinfo"), "model name"),
                "Memory: " + system.getTotalMemorySize() / MIB + " MiB",
                "System: " + field(Path.of("/etc/os-release"), "PRETTY_NAME") + ", Linux "
                        + System.getProperty("os.version"),
                "Data on: " + Files.getFileStore(folder).type(),
                "Java: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    }

    /** The first value of a name in a file of "name: value" or "name=value" lines. */
    private static String field(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceFirst("^[^:=]*[:=]\\s*", "").replace("\"", ""))
                .findFirst()
                .orElse("unknown");
    }
}
