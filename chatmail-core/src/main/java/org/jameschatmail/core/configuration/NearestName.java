package org.jameschatmail.core.configuration;

import java.util.Locale;

/** Finds what somebody probably meant: the known name with the fewest edits (Levenshtein distance). */
public final class NearestName {
    private static final int LONGEST_COMPARED = 100;

    private NearestName() {}

    /** The nearest of the known names, of which there must be one; the first where several are equally near. */
    public static String of(String written, Iterable<String> known) {
        String start = written.substring(0, Math.min(written.length(), LONGEST_COMPARED));
        String nearest = "";
        int fewest = Integer.MAX_VALUE;
        for (String candidate : known) {
            int edits = distance(start.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (edits < fewest) {
                fewest = edits;
                nearest = candidate;
            }
        }
        return nearest;
    }

    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
                current[column] =
                        Math.min(Math.min(current[column - 1], previous[column]) + 1, previous[column - 1] + change);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
