package org.jameschatmail.core.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads IP addresses in numbers, {@code 192.0.2.1} or {@code 2001:db8::1}, without ever asking a name server.
 * Zone indices ({@code fe80::1%eth0}) and shortened IPv4 forms ({@code 127.1}) are not taken. Stateless, thread-safe.
 */
public final class IpAddress {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private IpAddress() {}

    /** The address that the text writes in numbers, or empty when it writes anything else. */
    public static Optional<InetAddress> parse(String text) {
        boolean looksLikeIpv6 = text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
        if (!looksLikeIpv6 && !IPV4.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }
}
