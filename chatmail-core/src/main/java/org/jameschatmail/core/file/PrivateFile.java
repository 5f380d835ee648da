package org.jameschatmail.core.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** New files that their owner alone can read, on disk when they are written. */
public final class PrivateFile {
    private PrivateFile() {}

    /** What writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream stream) throws IOException;
    }

    /** @throws java.nio.file.FileAlreadyExistsException when there is one of that name */
    public static void write(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            // Whoever writes may close the stream; the channel is needed to the end.
            try (OutputStream stream = new KeptOpenStream(Channels.newOutputStream(channel))) {
                content.writeTo(stream);
            }
            channel.force(true);
        }
    }
}
