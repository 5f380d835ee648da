package org.jameschatmail.core.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jameschatmail.core.file.FileTree;
import org.jameschatmail.core.file.PrivateFile;

/** A backup to be read. Not thread-safe. */
public final class BackupFile implements AutoCloseable {
    /** What the manifest may take, far more than it does. */
    private static final int MANIFEST_OCTETS = 10_000;
    /** What a data directory may have in it before a backup is restored: a lock that is held has made them. */
    private static final Set<String> OF_THE_LOCK = Set.of("lock", "logs", "tmp");

    private final ZipFile zip;
    private final BackupManifest manifest;

    private BackupFile(ZipFile zip, BackupManifest manifest) {
        this.zip = zip;
        this.manifest = manifest;
    }

    /** @throws IOException when the file isn't a backup, or not all of it; its message ends a sentence */
    public static BackupFile open(Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        try {
            ZipEntry entry = zip.getEntry(BackupManifest.ENTRY);
            if (entry == null) {
                throw new IOException("it has no entry " + BackupManifest.ENTRY);
            }
            try (InputStream text = zip.getInputStream(entry)) {
                return new BackupFile(
                        zip,
                        BackupManifest.parse(new String(text.readNBytes(MANIFEST_OCTETS), StandardCharsets.UTF_8)));
            }
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    public BackupManifest manifest() {
        return manifest;
    }

    /** Reads all of it. @throws IOException when any octet isn't what was written */
    public void check() throws IOException {
        for (ZipEntry entry : Collections.list(zip.entries())) {
            read(entry, OutputStream.nullOutputStream());
        }
    }

    /**
     * Fills a data directory that has nothing in it yet. All is read and on disk before the first of it is at its place,
     * the database last.
     *
     * @param dataDirectory locked by the caller
     * @throws IOException when there is something in it already, the backup is damaged, or the disk full; nothing has
     *     changed then
     */
    public void restore(Path dataDirectory) throws IOException {
        if (!others(dataDirectory).isEmpty()) {
            throw new IOException(
                    "%s isn't empty: name another one, or move away what is there".formatted(dataDirectory));
        }
        Path folder = Files.createDirectories(dataDirectory.resolve("tmp")).resolve("restore");
        FileTree.delete(folder);
        try {
            extract(folder);
            for (Path path : databaseLast(folder)) {
                Files.move(path, dataDirectory.resolve(path.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            FileTree.delete(folder);
        }
    }

    private void extract(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (entry.isDirectory() || entry.getName().equals(BackupManifest.ENTRY)) {
                continue;
            }
            Path file = folder.resolve(entry.getName()).normalize();
            if (!file.startsWith(folder) || file.equals(folder)) {
                throw new IOException("an entry of it points out of the data directory");
            }
            Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            PrivateFile.write(file, stream -> read(entry, stream));
        }
    }

    /** A {@link ZipFile} leaves its checksums to whoever reads. */
    private void read(ZipEntry entry, OutputStream to) throws IOException {
        try (CheckedInputStream content = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            content.transferTo(to);
            if (content.getChecksum().getValue() != entry.getCrc()) {
                throw new IOException("its entry " + entry.getName() + " is damaged");
            }
        }
    }

    private static List<Path> others(Path dataDirectory) throws IOException {
        try (Stream<Path> inside = Files.list(dataDirectory)) {
            return inside.filter(
                            path -> !OF_THE_LOCK.contains(path.getFileName().toString()))
                    .toList();
        }
    }

    private static List<Path> databaseLast(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.sorted(Comparator.comparing((Path path) -> path.endsWith(BackupWriter.DATABASE)))
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
