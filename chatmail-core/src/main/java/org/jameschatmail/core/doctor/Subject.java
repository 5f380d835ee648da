package org.jameschatmail.core.doctor;

import java.util.Locale;

/** What the doctor looks at, in the order of the report. */
public enum Subject {
    JAVA,
    SETTINGS,
    DATA,
    DISK,
    MEMORY,
    PORTS,
    CERTIFICATE,
    CLOCK,
    DNS,
    OUTGOING;

    /** For people and for programs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
