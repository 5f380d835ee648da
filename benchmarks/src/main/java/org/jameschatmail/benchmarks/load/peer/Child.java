package org.jameschatmail.benchmarks.load.peer;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that was started, with its output in a file. For use by one thread. */
final class Child implements Closeable {
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofMillis(5);
    private static final int TAIL = 4000;

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Child start(Path log, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        // Also when this program is interrupted: a server must not stay behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new Child(process, log);
    }

    /** Runs a program to its end and returns what it wrote. */
    static String output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(command.get(0) + " ended with status " + status + ": " + output);
            }
            return output.strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.get(0) + " ran", e);
        }
    }

    /** What must be so for a program to be ready. */
    interface Condition {
        boolean holds() throws IOException;
    }

    void await(Duration atMost, Condition ready) throws IOException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!ready.holds()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("the server " + (process.isAlive() ? "is not ready" : "has ended") + "; its log "
                        + log + " ends:\n" + tail());
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(GLANCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a server started", e);
        }
    }

    String log() throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1);
    }

    private String tail() throws IOException {
        String all = log();
        return all.substring(Math.max(0, all.length() - TAIL));
    }

    long pid() {
        return process.pid();
    }

    /** Asks it to end; after a minute it is made to. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
