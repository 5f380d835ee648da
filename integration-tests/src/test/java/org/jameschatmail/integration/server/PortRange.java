package org.jameschatmail.integration.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of ports that no other process that runs these tests on this machine has, until this one ends. Where all ranges
 * are taken, the last one is shared.
 *
 * @param number from 0 on
 */
record PortRange(int number) {
    private static final int RANGES = 2;
    /** Keeps the channel of the lock, which would end with it, out of reach of the garbage collection. */
    private static final List<FileChannel> HELD = new ArrayList<>();

    private static final PortRange TAKEN = take();

    static PortRange taken() {
        return TAKEN;
    }

    private static PortRange take() {
        for (int number = 0; number < RANGES - 1; number++) {
            if (isTakenFor(number)) {
                return new PortRange(number);
            }
        }
        return new PortRange(RANGES - 1);
    }

    /** The operating system drops the lock with the process. */
    private static boolean isTakenFor(int number) {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "chatmail-test-ports-" + number);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return false;
            }
            HELD.add(channel);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
