package org.jameschatmail.integration.image;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Podman with a store of its own, as root. Its limits are the caller's: a container in a container may not raise them.
 *
 * @param store for images and containers
 */
record Podman(Path store) {
    /** How a command ended and what it wrote. */
    record Result(int status, String output) {}

    /** Runs podman; {@code arguments} are those of its command. */
    Result run(String command, List<String> arguments) {
        return program(Stream.of(
                        List.of(
                                "podman",
                                "--root",
                                store.resolve("root").toString(),
                                "--runroot",
                                store.resolve("run").toString(),
                                "--runtime",
                                "runc",
                                "--cgroup-manager",
                                "cgroupfs",
                                "--storage-driver",
                                "overlay",
                                "--events-backend",
                                "file",
                                command),
                        arguments)
                .flatMap(List::stream)
                .toList());
    }

    /** The same for a command that must not fail. */
    String succeed(String command, String... arguments) {
        Result result = run(command, List.of(arguments));
        if (result.status() != 0) {
            throw new IllegalStateException("podman " + command + ": " + result.output());
        }
        return result.output();
    }

    /** Options that give a container no more than this process may have. */
    static List<String> limits() {
        String files = program(List.of("sh", "-c", "ulimit -Hn")).output().strip();
        return List.of("--ulimit", "nofile=" + files + ":" + files, "--ulimit", "nproc=4096:4096");
    }

    /** An archive of a Debian that has Java, from its package archive; kept for the next run. */
    static Path debianWithJava(Path folder) {
        return debian(folder.resolve("debian-with-java.tar"), "openjdk-17-jre-headless,ca-certificates");
    }

    /** The same with systemd, which runs as a container's first process. */
    static Path debianWithSystemd(Path folder) {
        return debian(
                folder.resolve("debian-with-systemd.tar"),
                "openjdk-17-jre-headless,ca-certificates,adduser,dbus,systemd,systemd-sysv");
    }

    private static Path debian(Path archive, String packages) {
        if (Files.notExists(archive)) {
            Path next = archive.resolveSibling("next-" + archive.getFileName());
            Result made = program(
                    List.of("mmdebstrap", "--variant=minbase", "--include=" + packages, "bookworm", next.toString()));
            if (made.status() != 0) {
                throw new IllegalStateException("mmdebstrap: " + made.output());
            }
            try {
                Files.move(next, archive);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return archive;
    }

    private static Result program(List<String> command) {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(command))
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "./chatmail test -P image installs what is missing: podman, runc, mmdebstrap", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
