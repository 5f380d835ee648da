package org.jameschatmail.benchmarks.load.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The time in which something is measured, and who used the processors in it: the server, this program, and anyone
 * else, which is the noise. For use by one thread.
 */
public final class Window {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MILLIS_PER_TICK = 10;

    /**
     * @param seconds from begin to end
     * @param serverMillis processor time of the server
     * @param ownMillis processor time of this program
     * @param otherShare processor time of anyone else as a share of what the machine has, from 0 to 1
     * @param serverMillisByName the server's processor time by program
     */
    public record Usage(
            double seconds,
            double serverMillis,
            double ownMillis,
            double otherShare,
            Map<String, Double> serverMillisByName) {
        public double perSecond(long count) {
            return count / seconds;
        }

        public double serverMillisEach(long count) {
            return serverMillis / count;
        }

        public double ownMillisEach(long count) {
            return ownMillis / count;
        }
    }

    private final ProcessTree server;
    private final Map<String, Double> serverBefore;
    private final double ownBefore;
    private final double busyBefore;
    private final long begin;

    private Window(ProcessTree server) {
        this.server = server;
        this.serverBefore = server.cpuMillisByName();
        this.busyBefore = busyMillis();
        this.ownBefore = ownMillis();
        this.begin = System.nanoTime();
    }

    public static Window open(ProcessTree server) {
        return new Window(server);
    }

    public Usage close() {
        double millis = (System.nanoTime() - begin) / NANOS_PER_MILLI;
        double own = ownMillis() - ownBefore;
        double busy = busyMillis() - busyBefore;
        Map<String, Double> byName = new TreeMap<>();
        server.cpuMillisByName().forEach((name, time) -> byName.put(name, time - serverBefore.getOrDefault(name, 0.0)));
        double used = byName.values().stream().mapToDouble(Double::doubleValue).sum();
        double machine = millis * Runtime.getRuntime().availableProcessors();
        double other = Math.max(0, busy - own - used) / machine;
        return new Usage(millis / 1000, used, own, other, byName);
    }

    private static double ownMillis() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getProcessCpuTime() / NANOS_PER_MILLI;
    }

    /** All processor time of the machine since it runs, but for idling, waiting and what its host took away. */
    private static double busyMillis() {
        try {
            String[] fields = Files.readString(Path.of("/proc/stat"))
                    .lines()
                    .findFirst()
                    .orElse("")
                    .split("\\s+");
            double ticks = 0;
            for (int field : new int[] {1, 2, 3, 6, 7}) {
                ticks += Double.parseDouble(fields[field]);
            }
            return ticks * MILLIS_PER_TICK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
