package org.jameschatmail.benchmarks.load.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
        String before = Files.readString(FILE).strip();
        set(ENOUGH);
        return new InotifyLimit(before);
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
