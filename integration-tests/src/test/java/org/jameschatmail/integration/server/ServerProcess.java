package org.jameschatmail.integration.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jameschatmail.integration.Deadline;

/** A process whose output lines are kept while it runs. Thread-safe. */
final class ServerProcess implements AutoCloseable {
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(20);
    private static final Duration HISTOGRAM_DEADLINE = Duration.ofMinutes(1);

    private final Process process;
    private final List<String> standardOutput = new ArrayList<>();
    private final List<String> output = new ArrayList<>();
    private final Thread outputReader;
    private final Thread errorReader;
    // Guarded by output: whether standard output is at its end.
    private boolean ended;

    private ServerProcess(Process process) {
        this.process = process;
        this.outputReader = read(process.getInputStream(), true);
        this.errorReader = read(process.getErrorStream(), false);
    }

    static ServerProcess start(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new ServerProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    private Thread read(InputStream stream, boolean standard) {
        Thread reader = new Thread(() -> readLines(stream, standard), "output of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private void readLines(InputStream stream, boolean standard) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(line, standard);
            }
        } catch (IOException e) {
            add("(reading the output failed: " + e.getMessage() + ")", false);
        } finally {
            synchronized (output) {
                ended |= standard;
                output.notifyAll();
            }
        }
    }

    private void add(String line, boolean standard) {
        synchronized (output) {
            output.add(line);
            if (standard) {
                standardOutput.add(line);
            }
            output.notifyAll();
        }
    }

    /** The first line of standard output that matches; empty when the process ends or the deadline passes before. */
    Optional<String> awaitLine(Predicate<String> matches, Duration atMost) {
        synchronized (output) {
            Deadline.after(atMost)
                    .await(output, () -> ended || standardOutput.stream().anyMatch(matches));
            return standardOutput.stream().filter(matches).findFirst();
        }
    }

    int awaitExit(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "process " + pid() + " still runs after " + atMost + "; its output ends:\n" + tail(60));
            }
            outputReader.join(KILL_DEADLINE.toMillis());
            errorReader.join(KILL_DEADLINE.toMillis());
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for process " + pid(), e);
        }
    }

    /** Asks the process to end (SIGTERM). */
    void terminate() {
        process.destroy();
    }

    /** Ends the process and what it started at once (SIGKILL). */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitExit(KILL_DEADLINE);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** As the process's own Java counts them, after it has collected its garbage. */
    long liveInstances(String className) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Pattern row = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(className) + "( .*)?");
        try (ServerProcess histogram = start(List.of(jcmd, String.valueOf(pid()), "GC.class_histogram"), Map.of())) {
            if (histogram.awaitExit(HISTOGRAM_DEADLINE) != 0) {
                throw new IllegalStateException("no histogram of process " + pid() + ":\n" + histogram.tail(20));
            }
            return histogram.standardOutput().stream()
                    .map(row::matcher)
                    .filter(Matcher::matches)
                    .mapToLong(match -> Long.parseLong(match.group(1)))
                    .sum();
        }
    }

    List<String> standardOutput() {
        synchronized (output) {
            return List.copyOf(standardOutput);
        }
    }

    /** Standard output and standard error, in the order they came. */
    List<String> output() {
        synchronized (output) {
            return List.copyOf(output);
        }
    }

    String tail(int lines) {
        List<String> all = output();
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
    }
}
