package org.jameschatmail.benchmarks.load.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The processes of one server: those given and all their descendants, as {@code /proc} tells of them. Immutable,
 * thread-safe.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
public final class ProcessTree {
    private static final Path PROC = Path.of("/proc");
    // The kernel tells times to user space in this unit on every architecture that Java runs on.
    private static final double MILLIS_PER_TICK = 10;
    private static final double NANOS_PER_MILLI = 1e6;

    /** One line of {@code /proc/PID/stat}; times in ticks, those of ended children apart. */
    private record Entry(long pid, long parent, String name, long ticks, long childrenTicks) {}

    private final List<Long> roots;

    public ProcessTree(Collection<Long> roots) {
        this.roots = List.copyOf(roots);
    }

    /** The process ids that it was made of. */
    public List<Long> roots() {
        return roots;
    }

    /** Processor time used so far by all of them, in milliseconds, ended children included. */
    public double cpuMillis() {
        return cpuMillisByName().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** The same by the name of the program; the time of ended children goes by the name of their parent. */
    public Map<String, Double> cpuMillisByName() {
        Map<String, Double> all = new TreeMap<>();
        for (Entry entry : living()) {
            // Ticks are cut off at 10 ms a process; the scheduler's sum of its threads is exact, but forgets ended
            // ones.
            double own = Math.max(entry.ticks() * MILLIS_PER_TICK, scheduledMillis(entry.pid()));
            all.merge(entry.name(), own + entry.childrenTicks() * MILLIS_PER_TICK, Double::sum);
        }
        return all;
    }

    /** Resident memory in KiB, where a page that several processes share counts once in all. */
    public long residentKib() {
        return living().stream()
                .mapToLong(entry -> proportionalKib(entry.pid()))
                .sum();
    }

    public int size() {
        return living().size();
    }

    private List<Entry> living() {
        Map<Long, Entry> entries = new HashMap<>();
        Map<Long, Set<Long>> children = new HashMap<>();
        try (Stream<Path> files = Files.list(PROC)) {
            files.map(ProcessTree::entry).flatMap(Optional::stream).forEach(entry -> {
                entries.put(entry.pid(), entry);
                children.computeIfAbsent(entry.parent(), any -> new HashSet<>()).add(entry.pid());
            });
        } catch (IOException e) {
            throw new IllegalStateException("processes can be measured on Linux only: there is no /proc", e);
        }
        Set<Long> seen = new HashSet<>(roots);
        Deque<Long> left = new ArrayDeque<>(seen);
        while (!left.isEmpty()) {
            children.getOrDefault(left.remove(), Set.of()).stream()
                    .filter(seen::add)
                    .forEach(left::add);
        }
        return seen.stream()
                .map(entries::get)
                .flatMap(entry -> Optional.ofNullable(entry).stream())
                .toList();
    }

    private static Optional<Entry> entry(Path folder) {
        String name = folder.getFileName().toString();
        if (!Character.isDigit(name.charAt(0))) {
            return Optional.empty();
        }
        // The name stands in parentheses and may hold anything, parentheses too.
        String line = read(folder.resolve("stat"));
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 0 || close < 0) {
            return Optional.empty();
        }
        String[] fields = line.substring(close + 2).split(" ");
        return Optional.of(new Entry(
                Long.parseLong(name),
                Long.parseLong(fields[1]),
                line.substring(open + 1, close),
                Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                Long.parseLong(fields[13]) + Long.parseLong(fields[14])));
    }

    private static double scheduledMillis(long pid) {
        try (Stream<Path> threads = Files.list(PROC.resolve(pid + "/task"))) {
            return threads.map(thread -> read(thread.resolve("schedstat")))
                            .filter(line -> line.indexOf(' ') > 0)
                            .mapToLong(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
                            .sum()
                    / NANOS_PER_MILLI;
        } catch (IOException e) {
            // It has just ended: its parent tells of its time.
            return 0;
        }
    }

    private static long proportionalKib(long pid) {
        return read(PROC.resolve(pid + "/smaps_rollup"))
                .lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(
                        Arrays.stream(line.split("\\s+")).skip(1).findFirst().orElse("0")))
                .sum();
    }

    /** A small file of the kernel; empty when its process has ended. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
