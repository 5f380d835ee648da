package org.jameschatmail.guice.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jameschatmail.core.file.FileTree;

/**
 * The data directory of one running server: made with mode 700 when missing, and locked for as long as the server
 * lives, so that no second one writes into it. The operating system drops the lock of a process that was killed.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String LOCK_FILE = "lock";

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws StartException when it can't be made or written, or another server has it */
    public static DataDirectory lock(Path path) throws StartException {
        try {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            DataDirectory directory = new DataDirectory(path, lockFile(path));
            Files.createDirectories(path.resolve("logs"));
            directory.emptyTemporaryFolder();
            return directory;
        } catch (IOException e) {
            throw new StartException("The data directory %s can't be written: %s".formatted(path, e), e);
        }
    }

    /** The process of the server that runs on a data directory, if one does. Changes nothing. */
    public static Optional<String> holder(Path path) throws IOException {
        Path file = path.resolve(LOCK_FILE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return tryLock(channel)
                    ? Optional.empty()
                    : Optional.of(
                            Files.readString(file, StandardCharsets.US_ASCII).strip());
        }
    }

    private static FileChannel lockFile(Path path) throws IOException, StartException {
        Path file = path.resolve(LOCK_FILE);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            String holder = Files.readString(file, StandardCharsets.US_ASCII).strip();
            channel.close();
            throw new StartException(
                    "Another server%s runs on the data directory %s. Stop it, or choose another with --data."
                            .formatted(holder.isEmpty() ? "" : " (process " + holder + ")", path));
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** What a killed server left there is of no use: it was not accepted yet. */
    private void emptyTemporaryFolder() throws IOException {
        FileTree.empty(Files.createDirectories(path.resolve("tmp")));
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
