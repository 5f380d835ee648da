package org.jameschatmail.protocols.imap.frame;

import java.util.List;

/**
 * One command with all its literals, as it came: a line, and for each literal its octets and the line after it. The
 * lines keep their ends. Not thread-safe; whoever carries out the command {@linkplain #close() closes} it.
 */
public final class CommandFrame implements AutoCloseable {
    private final List<byte[]> parts;
    private final Runnable release;

    /**
     * @param parts line, literal, line, ... , line
     * @param release gives back what the command has taken of {@link CommandMemory}
     */
    CommandFrame(List<byte[]> parts, Runnable release) {
        this.parts = List.copyOf(parts);
        this.release = release;
    }

    List<byte[]> parts() {
        return parts;
    }

    @Override
    public void close() {
        release.run();
    }
}
