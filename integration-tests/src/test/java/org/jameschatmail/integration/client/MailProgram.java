package org.jameschatmail.integration.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of this machine that runs once, with a folder of its own as its home. {@code ./chatmail test} installs what
 * is missing. Immutable.
 *
 * @param home where it finds its settings and leaves what it writes
 */
record MailProgram(Path home) {
    private static final long SECONDS = 120;

    /** Runs it to its end, which has to be a success; gives what it said. */
    String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(home, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of("HOME", home.toString(), "FETCHMAILHOME", home.toString(), "TERM", "xterm"));
        Process process = start(builder);
        try {
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            assertThat(ended)
                    .as("%s ends: %s", command[0], Files.readString(output))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("%s: %s", String.join(" ", command), Files.readString(output))
                .isZero();
        return Files.readString(output);
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError(
                    builder.command().get(0)
                            + " is missing: ./chatmail test installs it (Debian: isync, fetchmail, neomutt, curl)",
                    e);
        }
    }

    /** Writes a file that only its owner may read, as the programs want it. */
    Path write(String name, String text) throws IOException {
        Path file = Files.writeString(home.resolve(name), text);
        assertThat(file.toFile().setReadable(false, false)).isTrue();
        assertThat(file.toFile().setReadable(true, true)).isTrue();
        return file;
    }
}
