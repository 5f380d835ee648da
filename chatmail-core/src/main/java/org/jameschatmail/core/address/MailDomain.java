package org.jameschatmail.core.address;

import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of a mail address after the {@code @}, in lower case: a DNS name such as {@code chat.example}, also with
 * underscores ({@code _test.example}) and in punycode ({@code xn--bcher-kva.example}), or an address literal such as
 * {@code [192.0.2.1]} and {@code [ipv6:2001:db8::1]}. Immutable; equality is that of the lower-case text.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2">RFC 5321, section 4.1.2</a>
 * @param text the domain as it stands in addresses, at most 253 characters
 */
public record MailDomain(String text) {
    private static final int LONGEST = 253;
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern NAME = Pattern.compile("(" + LABEL + "\\.)*" + LABEL);
    private static final Pattern NUMERIC_END = Pattern.compile("(.*\\.)?[0-9]+");
    private static final String IPV6_TAG = "ipv6:";

    public MailDomain {
        if (!isName(text) && literal(text).isEmpty()) {
            throw new IllegalArgumentException("Not a mail domain in lower case: " + text);
        }
    }

    /** Reads a domain in any case; a name in Unicode is turned into punycode. Empty when it is no domain. */
    public static Optional<MailDomain> parse(String text) {
        return toAscii(text)
                .map(ascii -> ascii.toLowerCase(Locale.ROOT))
                .filter(lower -> isName(lower) || literal(lower).isPresent())
                .map(MailDomain::new);
    }

    /** Whether this is an address literal in brackets rather than a name. */
    public boolean isAddressLiteral() {
        return text.startsWith("[");
    }

    /** The address inside the brackets; empty for a name. */
    public Optional<InetAddress> address() {
        return literal(text);
    }

    /** The host as a connection or a certificate names it: without brackets and tag. */
    public String host() {
        if (!isAddressLiteral()) {
            return text;
        }
        String inner = text.substring(1, text.length() - 1);
        return inner.startsWith(IPV6_TAG) ? inner.substring(IPV6_TAG.length()) : inner;
    }

    /** The host as a URL names it: {@code chat.example}, {@code 192.0.2.1}, {@code [2001:db8::1]}. */
    public String urlHost() {
        String host = host();
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    @Override
    public String toString() {
        return text;
    }

    private static Optional<String> toAscii(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        if (text.chars().allMatch(character -> character < 128)) {
            return Optional.of(text);
        }
        try {
            return Optional.of(IDN.toASCII(text));
        } catch (IllegalArgumentException notConvertible) {
            return Optional.empty();
        }
    }

    private static boolean isName(String lower) {
        return lower.length() <= LONGEST
                && NAME.matcher(lower).matches()
                && !NUMERIC_END.matcher(lower).matches();
    }

    private static Optional<InetAddress> literal(String lower) {
        if (!lower.startsWith("[") || !lower.endsWith("]") || lower.length() > LONGEST) {
            return Optional.empty();
        }
        String inner = lower.substring(1, lower.length() - 1);
        if (inner.startsWith(IPV6_TAG)) {
            return IpAddress.parse(inner.substring(IPV6_TAG.length())).filter(Inet6Address.class::isInstance);
        }
        return inner.indexOf(':') < 0 ? IpAddress.parse(inner) : Optional.empty();
    }
}
