package org.jameschatmail.benchmarks.load.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How many inotify instances one user may have. Dovecot takes one for each connection in IDLE and looks only now and then
 * where it gets none, so the limit is raised while it is measured.
 *
 * @param before what {@link #restore} sets
 */
record InotifyLimit(String before) {
    private static final Path FILE = Path.of("/proc/sys/fs/inotify/max_user_instances");
    private static final String ENOUGH = "65536";

    static InotifyLimit raise() throws IOException {
        String before = current();
        InotifyLimit limit = new InotifyLimit(before);
        // Also when this program is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(limit::tryRestore));
        set(ENOUGH);
        return limit;
    }

    /** In one read: the kernel gives nothing to a second one, so {@link Files#readString} sees the first digit alone. */
    private static String current() throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(FILE)) {
            return Objects.requireNonNull(reader.readLine(), "the kernel tells its limit")
                    .strip();
        }
    }

    private void tryRestore() {
        try {
            restore();
        } catch (IOException e) {
            // It was set a while ago in the same way; nobody is left to be told.
        }
    }

    void restore() throws IOException {
        set(before);
    }

    private static void set(String value) throws IOException {
        try {
            Files.writeString(FILE, value);
        } catch (IOException e) {
            throw new IOException("cannot set " + FILE + " to " + value + ", which Dovecot's IDLE needs", e);
        }
    }
}
