package org.jameschatmail.guice.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * The names a self-signed certificate is for. DNS names in lower case; addresses in figures, without brackets.
 * Two are equal whatever the order; the first names the certificate. Immutable.
 *
 * @param dns       at most 255 characters each
 * @param addresses IPv4 or IPv6
 */
public record CertificateNames(Set<String> dns, Set<String> addresses) {
    /** Where clients look for mail servers when they are told a domain alone, and the two policy hosts. */
    private static final List<String> PREFIXES = List.of("autoconfig.", "mta-sts.", "www.", "mail.", "imap.", "smtp.");

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f]*:[0-9a-f:.]*");
    private static final String LITERAL_TAG = "ipv6:";

    public CertificateNames {
        dns = Collections.unmodifiableSet(new LinkedHashSet<>(dns));
        addresses = addresses.stream()
                .map(CertificateNames::canonical)
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
        if (dns.isEmpty() && addresses.isEmpty()) {
            throw new IllegalArgumentException("a certificate needs a name");
        }
    }

    /**
     * The domain, the hostname, and the hosts below the domain that clients and servers ask for.
     *
     * @param domain   key {@code domain}, may be {@code [192.0.2.1]}
     * @param hostname key {@code hostname}
     * @param loopback adds {@code localhost}, {@code 127.0.0.1} and {@code ::1}, for a server bound to loopback
     */
    public static CertificateNames of(String domain, String hostname, boolean loopback) {
        Set<String> dns = new LinkedHashSet<>();
        Set<String> addresses = new LinkedHashSet<>();
        String bareDomain = bare(domain);
        Stream.of(bareDomain, bare(hostname)).forEach(name -> (isAddress(name) ? addresses : dns).add(name));
        if (!isAddress(bareDomain)) {
            PREFIXES.forEach(prefix -> dns.add(prefix + bareDomain));
        }
        if (loopback) {
            dns.add("localhost");
            addresses.add("127.0.0.1");
            addresses.add("::1");
        }
        return new CertificateNames(dns, addresses);
    }

    /** The DNS names and addresses of a certificate, whatever else it is for; empty where it has none. */
    public static Optional<CertificateNames> in(X509Certificate certificate) {
        Set<String> dns = new LinkedHashSet<>();
        Set<String> addresses = new LinkedHashSet<>();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.get(0).equals(GeneralName.dNSName)) {
                    dns.add((String) name.get(1));
                } else if (name.get(0).equals(GeneralName.iPAddress)) {
                    addresses.add((String) name.get(1));
                }
            }
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
        return dns.isEmpty() && addresses.isEmpty()
                ? Optional.empty()
                : Optional.of(new CertificateNames(dns, addresses));
    }

    private static String canonical(String address) {
        if (!isAddress(address)) {
            throw new IllegalArgumentException("not an address in figures: " + address);
        }
        try {
            return InetAddress.getByName(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address in figures: " + address, e);
        }
    }

    private static boolean isAddress(String name) {
        return IPV4.matcher(name).matches() || IPV6.matcher(name).matches();
    }

    private static String bare(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("[") || !lower.endsWith("]")) {
            return lower;
        }
        String inner = lower.substring(1, lower.length() - 1);
        return inner.startsWith(LITERAL_TAG) ? inner.substring(LITERAL_TAG.length()) : inner;
    }
}
