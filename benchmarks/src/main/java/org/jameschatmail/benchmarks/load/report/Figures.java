package org.jameschatmail.benchmarks.load.report;

import java.util.Locale;

/** How numbers are written: three digits that mean something, never an exponent. */
final class Figures {
    private Figures() {}

    static String text(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
