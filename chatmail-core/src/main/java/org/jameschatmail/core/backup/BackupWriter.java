package org.jameschatmail.core.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a backup, a zip file. What is written is complete when {@link #close} has returned. Not thread-safe. */
public final class BackupWriter implements AutoCloseable {
    /** The folder of the embedded database in the data directory, and in the backup. */
    public static final String DATABASE = "database";
    /** What a server needs only while it runs, or nobody after it. */
    private static final Set<String> LEFT_OUT = Set.of("lock", "logs", "tmp", DATABASE);

    private final ZipOutputStream zip;

    public BackupWriter(OutputStream to, BackupManifest manifest) throws IOException {
        zip = new ZipOutputStream(to, StandardCharsets.UTF_8);
        // Mail is encrypted: only the space between it shrinks, and that does at once.
        zip.setLevel(Deflater.BEST_SPEED);
        zip.putNextEntry(new ZipEntry(BackupManifest.ENTRY));
        zip.write(manifest.text().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** Whether there is anything in a data directory that a backup would keep. */
    public static boolean isWorthIt(Path dataDirectory) throws IOException {
        return Files.isDirectory(dataDirectory.resolve(DATABASE))
                || !kept(dataDirectory).isEmpty();
    }

    /** The keys, certificates and tokens of a data directory: all but its database. */
    public void addSettings(Path dataDirectory) throws IOException {
        for (Path path : kept(dataDirectory)) {
            add(path, path.getFileName().toString());
        }
    }

    /** @param database the folder of a database that nobody writes to */
    public void addDatabase(Path database) throws IOException {
        add(database, DATABASE);
    }

    private static List<Path> kept(Path dataDirectory) throws IOException {
        try (Stream<Path> inside = Files.list(dataDirectory)) {
            return inside.filter(path -> !LEFT_OUT.contains(path.getFileName().toString()))
                    .filter(path -> !path.getFileName().toString().endsWith(".part"))
                    .sorted()
                    .toList();
        }
    }

    private void add(Path root, String name) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(root)) {
            files = tree.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String inside = root.relativize(file).toString().replace('\\', '/');
            zip.putNextEntry(new ZipEntry(inside.isEmpty() ? name : name + "/" + inside));
            Files.copy(file, zip);
            zip.closeEntry();
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
