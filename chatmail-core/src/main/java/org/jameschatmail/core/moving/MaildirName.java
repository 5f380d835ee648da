package org.jameschatmail.core.moving;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file in a Maildir: {@code 1775324677.M448978P3029757.host,S=3235,W=3305:2,RS}.
 *
 * @param unique what stays the same when the message is read, marked or moved: what is before the first comma or colon
 * @param letters the flags, a letter each; small letters are keywords
 */
record MaildirName(String unique, String letters) {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,11})\\..*");
    private static final String FLAGS = ":2,";

    static MaildirName of(String file) {
        int flags = file.lastIndexOf(FLAGS);
        String name = flags < 0 ? file : file.substring(0, flags);
        String letters = flags < 0 ? "" : file.substring(flags + FLAGS.length());
        int end = name.length();
        for (char separator : new char[] {',', ':'}) {
            int at = name.indexOf(separator);
            end = at < 0 ? end : Math.min(end, at);
        }
        return new MaildirName(name.substring(0, end), letters);
    }

    /** When the message was delivered, as the name tells it. */
    Optional<Instant> time() {
        Matcher time = TIME.matcher(unique);
        try {
            return time.matches()
                    ? Optional.of(Instant.ofEpochSecond(Long.parseLong(time.group(1))))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The flags as IMAP names them.
     *
     * @param keywords what {@code a} stands for, what {@code b}, and so on; empty where it stands for nothing
     */
    Set<String> flags(MaildirKeywords keywords) {
        Set<String> flags = new TreeSet<>();
        for (char letter : letters.toCharArray()) {
            switch (letter) {
                case 'D' -> flags.add("\\Draft");
                case 'F' -> flags.add("\\Flagged");
                case 'P' -> flags.add("$Forwarded");
                case 'R' -> flags.add("\\Answered");
                case 'S' -> flags.add("\\Seen");
                case 'T' -> flags.add("\\Deleted");
                default -> keywords.of(letter).ifPresent(flags::add);
            }
        }
        return flags;
    }
}
