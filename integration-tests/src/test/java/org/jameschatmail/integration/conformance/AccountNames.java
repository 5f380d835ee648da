package org.jameschatmail.integration.conformance;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scripts' user names and ours: theirs have no domain, and all scripts share them. Immutable.
 *
 * @param number of the host
 */
record AccountNames(int number, String domain) {
    private static final Pattern THEIRS = Pattern.compile("\\b(imapuser|delegate)\\b");

    /** The address for one of their names; its localpart has nine characters. */
    String ours(String theirs) {
        return "%s%08d@%s".formatted(theirs.substring(0, 1).toLowerCase(Locale.ROOT), number, domain);
    }

    /** A line of a script as our server is to get it. */
    String toOurs(String line) {
        return THEIRS.matcher(line).replaceAll(name -> Matcher.quoteReplacement(ours(name.group(1))));
    }

    /** A line of our server as a script expects it. */
    String toTheirs(String line) {
        return line.replace(ours("imapuser"), "imapuser").replace(ours("delegate"), "delegate");
    }
}
