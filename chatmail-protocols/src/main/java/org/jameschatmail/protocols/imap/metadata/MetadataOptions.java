package org.jameschatmail.protocols.imap.metadata;

import java.util.Locale;
import java.util.OptionalInt;
import org.apache.james.imap.decode.DecodingException;
import org.jameschatmail.protocols.imap.ArgumentReader;

/**
 * The options of GETMETADATA.
 *
 * @param maxSize values of more bytes are left out
 * @param depth how far below the named entries to look
 */
record MetadataOptions(OptionalInt maxSize, Depth depth) {
    static final MetadataOptions NONE = new MetadataOptions(OptionalInt.empty(), Depth.ZERO);

    private static final int MAX_DIGITS = 9;

    /** Reads options up to and with the closing parenthesis; the opening one has been taken. */
    MetadataOptions andThose(ArgumentReader arguments) throws DecodingException {
        MetadataOptions options = this;
        do {
            options = options.and(arguments.word(), arguments.word());
        } while (!arguments.nextIs(')'));
        arguments.take(')');
        return options;
    }

    private MetadataOptions and(String name, String value) throws DecodingException {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "MAXSIZE" -> new MetadataOptions(OptionalInt.of(number(value)), depth);
            case "DEPTH" ->
                new MetadataOptions(
                        maxSize, Depth.parse(value).orElseThrow(() -> ArgumentReader.fault("Unknown depth")));
            default -> throw ArgumentReader.fault("Unknown option");
        };
    }

    private static int number(String text) throws DecodingException {
        if (text.length() > MAX_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw ArgumentReader.fault("Not a size");
        }
        return Integer.parseInt(text);
    }
}
