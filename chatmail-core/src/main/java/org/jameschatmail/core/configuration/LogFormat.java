package org.jameschatmail.core.configuration;

/** How the lines of the log are written. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One JSON object a line. */
    JSON,
    /** For people, with the priority in front as journald reads it, and without the time, which it notes itself. */
    JOURNALD
}
