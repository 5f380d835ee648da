package org.jameschatmail.assembly;

import java.io.Console;
import java.lang.reflect.Method;

/** Whether a person looks at what is printed. */
final class Terminal {
    private Terminal() {}

    /** Whether standard output goes to a terminal that knows colors. */
    static boolean isInteractive() {
        Console console = System.console();
        String kind = System.getenv("TERM");
        return console != null && isTerminal(console) && kind != null && !kind.equals("dumb");
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
