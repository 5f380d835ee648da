package org.jameschatmail.assembly;

import java.util.Locale;

/** Numbers for people. */
final class Figures {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};
    private static final int STEP = 1024;

    private Figures() {}

    /** {@code 1.5 MB}, in powers of 1024 as the settings count. */
    static String octets(long octets) {
        if (octets < STEP) {
            return octets + " B";
        }
        double value = octets;
        int unit = -1;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** {@code 12,345}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
