package org.jameschatmail.protocols.imap.metadata;

import java.util.Locale;
import java.util.Optional;

/**
 * The name of a metadata entry, such as {@code /shared/vendor/deltachat/turn}: components that each follow a slash, in
 * printable ASCII without {@code * %}, at most 255 characters. Names differ in more than case; the path is kept in
 * lower case. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5464#section-3.2">RFC 5464, section 3.2</a>
 */
public record EntryName(String path) {
    /** The entry that holds the tokens of a user's devices, on INBOX. */
    public static final EntryName DEVICE_TOKEN = new EntryName("/private/devicetoken");

    private static final int MAX_LENGTH = 255;
    private static final String PRIVATE = "/private/";
    private static final String SHARED = "/shared/";

    public EntryName {
        if (!isWellFormed(path) || !path.equals(path.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("Not the name of a metadata entry");
        }
    }

    /** Empty when the text is not the name of an entry. */
    public static Optional<EntryName> parse(String text) {
        return isWellFormed(text) ? Optional.of(new EntryName(text.toLowerCase(Locale.ROOT))) : Optional.empty();
    }

    /** Seen by its owner alone. */
    public boolean isPrivate() {
        return path.startsWith(PRIVATE);
    }

    /** Seen by everybody who sees the mailbox or the server. */
    public boolean isShared() {
        return path.startsWith(SHARED);
    }

    private static boolean isWellFormed(String text) {
        return text.length() <= MAX_LENGTH
                && text.startsWith("/")
                && !text.endsWith("/")
                && !text.contains("//")
                && text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '*' && c != '%');
    }
}
