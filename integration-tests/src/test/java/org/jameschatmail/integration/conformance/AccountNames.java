package org.jameschatmail.integration.conformance;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scripts' user names and ours: theirs have no domain, and all scripts share them. Immutable.
 *
 * @param number of the host
 */
record AccountNames(int number, String domain) {
    /** Their names, and the first letter of ours. */
    private static final Map<String, String> LETTERS = Map.of("imapuser", "i", "imapuser2", "j", "delegate", "d");

    private static final Pattern THEIRS = Pattern.compile("\\b(imapuser2?|delegate)\\b");

    /** The address for one of their names; its localpart has nine characters. */
    String ours(String theirs) {
        String letter = LETTERS.get(theirs.toLowerCase(Locale.ROOT));
        if (letter == null) {
            throw new IllegalArgumentException("no name of the scripts: " + theirs);
        }
        return "%s%08d@%s".formatted(letter, number, domain);
    }

    /** A line of a script as our server is to get it. */
    String toOurs(String line) {
        return THEIRS.matcher(line).replaceAll(name -> Matcher.quoteReplacement(ours(name.group(1))));
    }

    /** A line of our server as a script expects it. */
    String toTheirs(String line) {
        String theirs = line;
        for (String name : LETTERS.keySet()) {
            theirs = theirs.replace(ours(name), name);
        }
        return theirs;
    }
}
