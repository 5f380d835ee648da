package org.jameschatmail.core.verdict;

import java.util.List;

/**
 * The message is refused.
 *
 * @param reason the row of the reply table
 * @param arguments what fills the places of {@link Reason#text()}; made safe for a reply line here: printable ASCII,
 *     at most {@value #MAX_ARGUMENT_LENGTH} characters each
 * @param detail why, for the log at DEBUG alone: it never leaves the server and is empty when the reason says it all
 */
public record Rejected(Reason reason, List<String> arguments, String detail) implements Verdict {
    /** Two arguments of this length keep a reply within the 512 octets of RFC 5321, section 4.5.3.1.5. */
    static final int MAX_ARGUMENT_LENGTH = 236;

    public Rejected {
        arguments = arguments.stream().map(Rejected::printable).toList();
        if (arguments.size() != reason.placeCount()) {
            throw new IllegalArgumentException(reason + " takes " + reason.placeCount() + " arguments");
        }
    }

    public static Rejected of(Reason reason, String... arguments) {
        return new Rejected(reason, List.of(arguments), "");
    }

    /** The same refusal with a private detail. */
    public Rejected because(String privateDetail) {
        return new Rejected(reason, arguments, privateDetail);
    }

    /** The reply without its code, for example {@code 4.7.1: Too much mail from ac1_xxxxx@example.org}. */
    public String publicText() {
        String text = String.format(reason.text(), arguments.toArray());
        if (reason.enhancedCode().isEmpty()) {
            return text;
        }
        return reason.enhancedCode() + (text.startsWith(":") ? "" : " ") + text;
    }

    /** The whole reply line without its line end, for example {@code 552 Message exceeds maximum size}. */
    public String reply() {
        return reason.code() + " " + publicText();
    }

    /** Names the reason alone, so that a logged verdict gives nobody away. */
    @Override
    public String toString() {
        return "Rejected[" + reason + "]";
    }

    private static String printable(String argument) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < argument.length() && safe.length() < MAX_ARGUMENT_LENGTH; i++) {
            char c = argument.charAt(i);
            if (c == '\r' || c == '\n') {
                continue;
            }
            safe.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return safe.toString();
    }
}
