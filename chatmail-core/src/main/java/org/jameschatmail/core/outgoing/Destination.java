package org.jameschatmail.core.outgoing;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import org.jameschatmail.core.address.IpAddress;
import org.jameschatmail.core.address.MailDomain;

/**
 * A mail domain that messages are sent to. Immutable.
 *
 * @param domain its text is what follows the {@code @} of a recipient
 */
public record Destination(MailDomain domain) {
    /** Reads a domain, also an address literal that has lost its brackets, as James' addresses have. */
    public static Optional<Destination> parse(String text) {
        Optional<MailDomain> literal = IpAddress.parse(text).map(Destination::literal);
        return literal.or(() -> MailDomain.parse(text)).map(Destination::new);
    }

    private static MailDomain literal(InetAddress address) {
        String tag = address instanceof Inet6Address ? "ipv6:" : "";
        return new MailDomain("[" + tag + address.getHostAddress() + "]");
    }

    /** The address to connect to, of a domain that is one. */
    public Optional<InetAddress> address() {
        return domain.address();
    }

    /**
     * Whether its servers must show a certificate of a known authority for their name. A domain that is an address, or
     * that starts with an underscore, can't have one; it is reached over TLS all the same.
     */
    public boolean needsKnownCertificate() {
        return !domain.isAddressLiteral() && !domain.text().startsWith("_");
    }
}
