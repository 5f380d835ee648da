package org.jameschatmail.protocols.imap.metadata;

import java.util.Optional;

/**
 * What the notification proxy is given to wake one device, kept byte for byte: 1 to 4096 printable ASCII characters
 * without a blank, such as {@code openpgp:<base64>}. A secret; {@link #toString()} doesn't show it. Immutable.
 */
public record DeviceToken(String value) {
    public static final int MAX_LENGTH = 4096;

    public DeviceToken {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("Not a device token");
        }
    }

    /** Empty when the text can't be a token. */
    public static Optional<DeviceToken> parse(String text) {
        return isWellFormed(text) ? Optional.of(new DeviceToken(text)) : Optional.empty();
    }

    private static boolean isWellFormed(String text) {
        return !text.isEmpty() && text.length() <= MAX_LENGTH && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    @Override
    public String toString() {
        return "DeviceToken";
    }
}
