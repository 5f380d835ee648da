package org.jameschatmail.guice.outgoing;

import java.util.Locale;

/** Where a key that is published stands in its life, in this order. */
public enum KeyState {
    /** Until others can see its record. */
    WAITING,
    /** What leaves bears its signature. */
    SIGNING,
    /** Its record stays for what was signed with it and is on its way. */
    RETIRING;

    /** For people, and in the file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
