package org.jameschatmail.integration.recording;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of a server as a pattern that the same line of another server has too. Stateless. */
final class ServerLine {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\\\[\\](){}*+?.^$|]");

    /** What differs from server to server, as the line has it when special characters are quoted. */
    private static final Pattern VARIABLE = Pattern.compile(
            "(UIDVALIDITY |HIGHESTMODSEQ |MODSEQ \\\\\\(" + "|RFC822\\\\\\.SIZE |STORAGE |\\\\\\{)\\d+");

    private static final Pattern MAILBOX_ID = Pattern.compile("MAILBOXID \\\\\\([^)]+\\\\\\)");

    private static final String HEADER = "(?s)([A-Za-z-]+: [^\\r]*(\\r\\n[ \\t][^\\r]*)*\\r\\n)+\\r\\n";

    private ServerLine() {}

    static String pattern(String line) {
        String known = MAILBOX_ID.matcher(quoted(line)).replaceAll(Matcher.quoteReplacement("MAILBOXID \\([^)]+\\)"));
        return VARIABLE.matcher(known).replaceAll(number -> Matcher.quoteReplacement(number.group(1) + "[0-9]+"));
    }

    private static String quoted(String text) {
        return SPECIAL.matcher(text).replaceAll(special -> Matcher.quoteReplacement("\\" + special.group()));
    }

    /**
     * The literal that the line announces: header fields, each that was asked for; a message as a header and anything
     * behind it; else the octets themselves.
     */
    static String literalPattern(String line, String literal) {
        if (line.contains("HEADER.FIELDS")) {
            return HEADER;
        }
        return line.contains("BODY[")
                ? HEADER + ".+"
                : quoted(literal).replace("\r", "\\r").replace("\n", "\\n");
    }
}
