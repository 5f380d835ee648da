package org.jameschatmail.core.doctor;

import java.util.Locale;

/** How a finding is, the best first. */
public enum Grade {
    /** As it should be. */
    OK,
    /** The server works, and something about it deserves a look, or couldn't be looked at. */
    WARN,
    /** The server doesn't start, or mail is lost to it, until somebody does something. */
    FAIL;

    /** For people and for programs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
