package org.jameschatmail.protocols.dkim;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import org.jameschatmail.core.address.MailDomain;

/** Reads a domain that must be the very one a reader sees. */
final class FromDomain {
    private FromDomain() {}

    /**
     * The domain; empty when it is none, or is written in letters that punycode would replace by others: a name with
     * "ß" or a full-width letter would otherwise pass for the one it is turned into, which somebody else may own.
     */
    static Optional<MailDomain> parse(String text) {
        boolean ascii = text.chars().allMatch(character -> character < 0x80);
        return MailDomain.parse(text)
                .filter(domain -> ascii || IDN.toUnicode(domain.text()).equals(text.toLowerCase(Locale.ROOT)));
    }
}
