package org.jameschatmail.core.configuration;

/**
 * Something that keeps the server from starting, told so that it can be mended without looking anything up.
 *
 * @param origin where it stands
 * @param key the key it concerns; empty when it concerns none
 * @param problem what is wrong, with the bad value unless it is a secret, and what would be right
 */
public record Fault(Origin origin, String key, String problem) {
    private static final int LONGEST_QUOTE = 100;

    /** One line: {@code conf/chatmail.properties:3: quota.storage: "lots" is not accepted; …}. */
    public String describe() {
        return origin.describe() + ": " + (key.isEmpty() ? "" : key + ": ") + problem;
    }

    /** Somebody's text in quotes, without control characters, cut to a readable length. */
    public static String quote(String text) {
        String cut = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
        return "\"" + cut.replaceAll("\\p{Cntrl}", "?") + "\"";
    }
}
