package org.jameschatmail.core.outgoing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a recipient hasn't got a message: an SMTP reply, or what we found out without one. Immutable.
 *
 * @param code three digits, as of SMTP: 4yz passes, 5yz doesn't
 * @param status the enhanced code of RFC 3463, such as {@code 5.1.1}, of the class of {@code code}
 * @param text printable ASCII on one line, at most {@value #LONGEST_TEXT} characters; may contain addresses
 * @param remoteHost the server that said so; empty when we say it
 */
public record Diagnosis(int code, String status, String text, Optional<String> remoteHost) {
    private static final int LONGEST_TEXT = 400;
    private static final int PERMANENT = 500;
    private static final Pattern ENHANCED = Pattern.compile("([245]\\.[0-9]{1,3}\\.[0-9]{1,3})(?: (.*))?");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]+");

    public Diagnosis {
        text = printable(text);
    }

    /** What we found out ourselves. */
    public static Diagnosis ours(int code, String status, String text) {
        return new Diagnosis(code, status, text, Optional.empty());
    }

    /**
     * The reply of a server.
     *
     * @param text what follows the code, with or without an enhanced code; its lines may be joined by blanks
     */
    public static Diagnosis remote(int code, String text, String host) {
        Matcher enhanced = ENHANCED.matcher(printable(text));
        String status = code / 100 + ".0.0";
        if (enhanced.matches() && enhanced.group(1).charAt(0) == status.charAt(0)) {
            String rest = enhanced.group(2);
            return new Diagnosis(code, enhanced.group(1), rest == null ? "" : rest, Optional.of(host));
        }
        return new Diagnosis(code, status, text, Optional.of(host));
    }

    /** Whether trying again is of no use. */
    public boolean isPermanent() {
        return code >= PERMANENT;
    }

    /** As on the wire: {@code 550 5.1.1 No such user}. */
    public String line() {
        return (code + " " + status + " " + text).strip();
    }

    /** Code and status alone, which name nobody. */
    public String codes() {
        return code + " " + status;
    }

    private static String printable(String text) {
        String clean = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        return clean.length() <= LONGEST_TEXT ? clean : clean.substring(0, LONGEST_TEXT);
    }
}
