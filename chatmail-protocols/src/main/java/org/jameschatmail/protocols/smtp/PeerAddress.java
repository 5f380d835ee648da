package org.jameschatmail.protocols.smtp;

import java.util.Optional;
import javax.mail.internet.AddressException;
import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.jameschatmail.core.address.MailDomain;

/**
 * A mail address of another server, whose domain James' own parser refuses: a name with an underscore
 * ({@code _test.example}), or an IPv6 address literal. Such a domain is never ours, for James has no user names there.
 * Immutable.
 */
public final class PeerAddress extends MailAddress {
    private static final long serialVersionUID = 1L;
    /** What James' parser reads in the place of the domain. */
    private static final String STAND_IN = "peer.invalid";

    private final PeerDomain domain;

    private PeerAddress(String localPart, MailDomain domain) throws AddressException {
        super(localPart + "@" + STAND_IN);
        this.domain = new PeerDomain(domain.text());
    }

    /**
     * Reads any mail address, as {@link MailAddress#MailAddress(String)} does, and those of such domains.
     *
     * @throws AddressException when it is neither
     */
    public static MailAddress parse(String text) throws AddressException {
        Optional<PeerAddress> peer = parsePeer(text);
        return peer.isPresent() ? peer.get() : new MailAddress(text);
    }

    /** Reads an address of such a domain; nothing when James' parser is the one to ask. */
    static Optional<PeerAddress> parsePeer(String text) throws AddressException {
        int at = text.lastIndexOf('@');
        String domain = text.substring(at + 1);
        if (at < 0 || !mayBeRefused(domain)) {
            return Optional.empty();
        }
        Optional<MailDomain> peer = MailDomain.parse(domain).filter(parsed -> isRefused(parsed.text()));
        return peer.isPresent() ? Optional.of(new PeerAddress(text.substring(0, at), peer.get())) : Optional.empty();
    }

    /** Tells most domains apart without asking for an exception. */
    private static boolean mayBeRefused(String domain) {
        return domain.indexOf('_') >= 0 || domain.indexOf(':') >= 0;
    }

    private static boolean isRefused(String domain) {
        try {
            MailAddress read = new MailAddress("postmaster@" + domain);
            return read.isNullSender();
        } catch (AddressException e) {
            return true;
        }
    }

    /** The same localpart where James' parser reads it. */
    String standIn() {
        return getLocalPart() + "@" + STAND_IN;
    }

    @Override
    public Domain getDomain() {
        return domain;
    }

    @Override
    public String asString() {
        return getLocalPart() + "@" + domain.asString();
    }

    /** Also what equality and the hash code are made of. */
    @Override
    public String toString() {
        return asString();
    }

    /** A domain that is read by {@link MailDomain} alone. Keeps the brackets of an address literal. */
    private static final class PeerDomain extends Domain {
        private static final long serialVersionUID = 1L;

        private PeerDomain(String text) {
            super(text);
        }

        @Override
        public String asString() {
            return name();
        }
    }
}
