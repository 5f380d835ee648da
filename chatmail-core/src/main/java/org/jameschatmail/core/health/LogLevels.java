package org.jameschatmail.core.health;

import java.util.Map;
import java.util.Optional;

/** What is logged, until the next start. Thread-safe. */
public interface LogLevels {
    /** How much a logger says. */
    enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR,
        OFF
    }

    /** The loggers that have a level of their own, by name; all others have that of the nearest one above. */
    Map<String, Level> levels();

    /** @param level nothing for that of the nearest one above */
    void set(String logger, Optional<Level> level);
}
