package org.jameschatmail.mailet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.MessagingException;
import org.jspecify.annotations.Nullable;

/** Reads a number of bytes: digits, then {@code k} for 1024, {@code m} for 1048576 or nothing. */
final class ByteCount {
    private static final Pattern SYNTAX = Pattern.compile("([1-9][0-9]{0,9})([kKmM]?)");

    private ByteCount() {}

    static long parse(String owner, @Nullable String parameter) throws MessagingException {
        Matcher matcher = SYNTAX.matcher(parameter == null ? "" : parameter.strip());
        if (!matcher.matches()) {
            throw new MessagingException(owner + " needs a size in bytes, such as 31457280 or 30m");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "k", "K" -> number << 10;
            case "m", "M" -> number << 20;
            default -> number;
        };
    }
}
