package org.jameschatmail.protocols.smtp.reception;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The octets of one message as they arrived, dot-stuffing undone: in memory up to {@value #MAX_IN_MEMORY} bytes and
 * while the {@link MemoryBudget} of all connections lasts, beyond that in a temporary file that its owner alone may
 * read. Written by one thread; when all is written, read by any number. Closing it forgets everything, at any time.
 */
public final class MessageContent implements Closeable {
    static final int MAX_IN_MEMORY = 256 * 1024;

    private static final int FIRST_BUFFER = 8 * 1024;

    private final MemoryBudget budget;
    private byte[] memory = {};
    private long size;
    private @Nullable Path file;
    private @Nullable OutputStream fileOutput;

    MessageContent(MemoryBudget budget) {
        this.budget = budget;
    }

    void write(byte[] octets, int offset, int length) throws IOException {
        if (fileOutput == null && !makeRoom(size + length)) {
            moveToFile();
        }
        if (fileOutput == null) {
            System.arraycopy(octets, offset, memory, (int) size, length);
        } else {
            fileOutput.write(octets, offset, length);
        }
        size += length;
    }

    /** Whether so many bytes fit into memory, which grows for it. */
    private boolean makeRoom(long needed) {
        if (needed <= memory.length) {
            return true;
        }
        if (needed > MAX_IN_MEMORY) {
            return false;
        }
        int larger = (int) Math.min(MAX_IN_MEMORY, Math.max(FIRST_BUFFER, Math.max(needed, 2L * memory.length)));
        if (!budget.reserve(larger - memory.length)) {
            return false;
        }
        memory = Arrays.copyOf(memory, larger);
        return true;
    }

    private void moveToFile() throws IOException {
        Path created = Files.createTempFile("message-", ".eml");
        file = created;
        OutputStream output = Files.newOutputStream(created);
        fileOutput = output;
        output.write(memory, 0, (int) size);
        budget.release(memory.length);
        memory = new byte[0];
    }

    /** Nothing is written after this. */
    void finish() throws IOException {
        if (fileOutput != null) {
            fileOutput.close();
        }
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** The whole message, from its first octet. */
    public InputStream open() throws IOException {
        return file == null ? new ByteArrayInputStream(memory, 0, (int) size) : Files.newInputStream(file);
    }

    @Override
    public void close() throws IOException {
        budget.release(memory.length);
        memory = new byte[0];
        size = 0;
        Path written = file;
        if (written != null) {
            finish();
            file = null;
            Files.deleteIfExists(written);
        }
    }
}
