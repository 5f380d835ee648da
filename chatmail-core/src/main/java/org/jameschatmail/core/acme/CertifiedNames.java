package org.jameschatmail.core.acme;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jameschatmail.core.address.IpAddress;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.configuration.RelayConfiguration;
import org.jameschatmail.core.zone.RecordType;
import org.jameschatmail.core.zone.ZoneCheck;

/**
 * The names that a certificate may be ordered for, in lower case; an address in figures, without brackets. One that the
 * name service doesn't lead to us would spoil the whole order, so that those that can be missed are asked for before.
 * Immutable.
 *
 * @param required the mail host's, without which no certificate is of use
 * @param optional the others, most wanted first
 */
public record CertifiedNames(String required, List<String> optional) {
    private static final List<String> PREFIXES = List.of("autoconfig.", "mta-sts.", "www.");

    public CertifiedNames {
        optional = List.copyOf(optional);
    }

    /** The names of a server: its address alone where the domain is an address and the hostname is none. */
    public static CertifiedNames of(RelayConfiguration relay) {
        MailDomain domain = relay.domain();
        MailDomain hostname = relay.hostname();
        if (domain.isAddressLiteral()) {
            return new CertifiedNames(
                    figures(domain), hostname.isAddressLiteral() ? List.of() : List.of(hostname.text()));
        }
        // A name that is certified for three months is worth more than an address that is for some days.
        String required = hostname.isAddressLiteral() ? domain.text() : hostname.text();
        Set<String> optional = new LinkedHashSet<>(List.of(domain.text()));
        PREFIXES.forEach(prefix -> optional.add(prefix + domain.text()));
        optional.remove(required);
        return new CertifiedNames(required, List.copyOf(optional));
    }

    /** Whether a name is an address, for which authorities give certificates of some days only. */
    public static boolean isAddress(String name) {
        return IpAddress.parse(name).isPresent();
    }

    /**
     * What to order now: the required name, and the optional ones whose addresses are all among those of the required.
     *
     * @param published asked for addresses
     * @param present the names of the present certificate, which stay while the name service gives no answer
     */
    public List<String> chosen(ZoneCheck.Lookup published, Set<String> present) {
        Optional<Set<String>> ours = addresses(required, published);
        List<String> chosen = new ArrayList<>(List.of(required));
        for (String name : optional) {
            Optional<Set<String>> theirs = addresses(name, published);
            boolean known = ours.isPresent() && theirs.isPresent();
            if (known ? leadsToUs(theirs.get(), ours.get()) : present.contains(name)) {
                chosen.add(name);
            }
        }
        return List.copyOf(chosen);
    }

    private static boolean leadsToUs(Set<String> theirs, Set<String> ours) {
        return !theirs.isEmpty() && ours.containsAll(theirs);
    }

    /** None where there are none; nothing where that isn't known now. */
    private static Optional<Set<String>> addresses(String name, ZoneCheck.Lookup published) {
        if (isAddress(name)) {
            return Optional.of(Set.of(name));
        }
        Optional<List<String>> four = published.values(name, RecordType.A);
        Optional<List<String>> six = published.values(name, RecordType.AAAA);
        if (four.isEmpty() || six.isEmpty()) {
            return Optional.empty();
        }
        Set<String> addresses = new LinkedHashSet<>(four.get());
        addresses.addAll(six.get());
        return Optional.of(addresses);
    }

    /** As Java writes it, which is how look-ups and certificates give it too. */
    private static String figures(MailDomain literal) {
        return literal.address().orElseThrow().getHostAddress();
    }
}
