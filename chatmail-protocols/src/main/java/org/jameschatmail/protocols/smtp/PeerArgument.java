package org.jameschatmail.protocols.smtp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.internet.AddressException;

/**
 * The argument of MAIL or RCPT, where it names a {@link PeerAddress}.
 *
 * @param address what it names
 * @param standIn the argument with an address that James' command handlers read
 */
record PeerArgument(PeerAddress address, String standIn) {
    /** {@code FROM:} or {@code TO:}, the address in angle brackets, the parameters. */
    private static final Pattern ARGUMENT = Pattern.compile("([A-Za-z]+: *<)([^<>]*)(>.*)");

    /** Nothing when James' command handlers read the argument as it is, or are to refuse it. */
    static Optional<PeerArgument> parse(String argument) {
        Matcher matcher = ARGUMENT.matcher(argument);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return PeerAddress.parsePeer(matcher.group(2))
                    .map(address -> new PeerArgument(address, matcher.group(1) + address.standIn() + matcher.group(3)));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }
}
