package org.jameschatmail.core.moving;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A message as another server kept it. Its content is not copied.
 *
 * @param name what tells it from all others of its mailbox, now and when it comes again
 * @param uid in the numbering of its mailbox, or 0 when it isn't known
 * @param flags of IMAP, with a backslash, and keywords
 * @param content lines that end in CRLF
 */
public record MovedMessage(String name, long uid, Instant arrival, Set<String> flags, byte[] content) {
    private static final Pattern FLAG = Pattern.compile("\\\\?[!#$&'+-Z^-z|}~]{1,100}");

    public MovedMessage {
        if (!flags.stream().allMatch(MovedMessage::isFlag)) {
            throw new IllegalArgumentException("A flag is malformed");
        }
    }

    /** Whether it is an atom of IMAP, or one behind a backslash. */
    static boolean isFlag(String text) {
        return FLAG.matcher(text).matches();
    }
}
