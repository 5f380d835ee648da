package org.jameschatmail.assembly;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Who looks at what is printed. */
final class Terminal {
    private Terminal() {}

    /** Whether standard output goes to a terminal that knows colors. */
    static boolean isInteractive() {
        Console console = System.console();
        String kind = System.getenv("TERM");
        return console != null && isTerminal(console) && kind != null && !kind.equals("dumb");
    }

    /** Whether standard output goes into the system's journal, which others read and which is kept. */
    static boolean isJournal() {
        return isJournal(System.getenv("JOURNAL_STREAM"), Path.of("/proc/self/fd/1"));
    }

    /**
     * As {@code systemd.exec(5)} has a program find out.
     *
     * @param stream device and inode of the journal's end, {@code D:I}; null without a journal
     */
    static boolean isJournal(@Nullable String stream, Path output) {
        if (stream == null) {
            return false;
        }
        try {
            return stream.equals(Files.getAttribute(output, "unix:dev") + ":" + Files.getAttribute(output, "unix:ino"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** From Java 22 on there is a console without a terminal too, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            Method method = Console.class.getMethod("isTerminal");
            return (boolean) method.invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
