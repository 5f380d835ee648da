package org.jameschatmail.integration.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The distribution as an operator has it: the zip that the build made, unpacked. The zip is named by the system
 * property {@code chatmail.distribution}. Immutable, thread-safe.
 *
 * @param home the folder that holds {@code bin/chatmail}
 * @param place where it runs
 */
public record Distribution(Path home, ServerPlace place) {
    private static final String PROPERTY = "chatmail.distribution";
    private static final Duration PREPARE_DEADLINE = Duration.ofMinutes(3);

    /** A server that lives for seconds gains nothing from Java's second compiler, which takes most of its start. */
    private static final Map<String, String> QUICK = Map.of("CHATMAIL_JAVA_OPTS", "-XX:TieredStopAtLevel=1");

    /** What a command wrote, standard output and standard error in one, and its exit status. */
    public record CommandResult(int exitStatus, List<String> output) {}

    /** Unpacks the zip under {@code target/distribution} and prepares its fast starts, once for each build of it. */
    public static Distribution unpacked() {
        Path zip = zip();
        try {
            String build =
                    Files.size(zip) + "-" + Files.getLastModifiedTime(zip).toMillis();
            Path folder = Path.of("target", "distribution", build).toAbsolutePath();
            if (Files.notExists(folder) && unpack(zip, folder)) {
                prepare(folder);
            }
            return new Distribution(home(folder), ServerPlace.LOOPBACK);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + zip, e);
        }
    }

    private static Path zip() {
        String named = System.getProperty(PROPERTY, "");
        Path zip = Path.of(named).toAbsolutePath().normalize();
        if (named.isEmpty() || !Files.isRegularFile(zip)) {
            throw new IllegalStateException("no distribution at '" + zip + "': build it with"
                    + " 'mvn -pl assembly -am package' and name it with -D" + PROPERTY + "=FILE");
        }
        return zip;
    }

    /** Whether this test and not another one has done it. */
    private static boolean unpack(Path zip, Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        Path unfinished = Files.createTempDirectory(folder.getParent(), "unpacking-");
        try (ZipInputStream archive = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                unpack(entry, archive, unfinished);
            }
        }
        // java.util.zip knows nothing of permissions.
        Path launcher = home(unfinished).resolve("bin/chatmail");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileSystemException e) {
            Folders.delete(unfinished);
            if (Files.notExists(folder)) {
                throw e;
            }
            return false;
        }
    }

    private static void prepare(Path folder) throws IOException {
        CommandResult prepared =
                new Distribution(home(folder), ServerPlace.LOOPBACK).command(PREPARE_DEADLINE, Map.of(), "prepare");
        if (prepared.exitStatus() != 0) {
            throw new IllegalStateException("bin/chatmail prepare failed: " + prepared.output());
        }
    }

    private static void unpack(ZipEntry entry, InputStream content, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("entry outside of the folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        Files.copy(content, target);
    }

    private static Path home(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return Stream.concat(Stream.of(folder), inside)
                    .filter(candidate -> Files.isRegularFile(candidate.resolve("bin/chatmail")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no bin/chatmail in " + folder));
        }
    }

    /** The same one, to run elsewhere. */
    public Distribution at(ServerPlace other) {
        return new Distribution(home, other);
    }

    /** Runs {@code bin/chatmail} with arguments to its end, such as {@code run} with keys that are refused. */
    public CommandResult command(Duration atMost, Map<String, String> environment, String... arguments) {
        try (ServerProcess process = start(environment, List.of(arguments))) {
            int exitStatus = process.awaitExit(atMost);
            return new CommandResult(exitStatus, process.output());
        }
    }

    ServerProcess start(Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(place.launcher());
        command.add(home.resolve("bin/chatmail").toString());
        command.addAll(arguments);
        Map<String, String> everything = new HashMap<>(QUICK);
        everything.putAll(environment);
        return ServerProcess.start(command, everything);
    }
}
