package org.jameschatmail.integration.network;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Programs of this machine; {@code ./chatmail test} installs what is missing. */
final class Programs {
    private Programs() {}

    /**
     * Runs one to its end and gives what it wrote.
     *
     * @throws IllegalStateException when it fails
     */
    static String run(String... command) {
        return run(List.of(command));
    }

    static String run(List<String> command) {
        Process process = start(new ProcessBuilder(command).redirectErrorStream(true));
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts one that stays, with its output in a file. */
    static Process start(Path log, List<String> command) {
        return start(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()));
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.redirectInput(new File("/dev/null")).start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "A program is missing: ./chatmail test installs it (Debian: iproute2, unbound, postfix, opendkim,"
                            + " openssl, curl)",
                    e);
        }
    }
}
