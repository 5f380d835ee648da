package org.jameschatmail.core.address;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host and a TCP or UDP port: {@code mx.example:25}, {@code 192.0.2.1:25}, {@code [::1]:53}.
 *
 * @param host a name in lower case or an IP address, without brackets
 * @param port 1 to 65535
 */
public record HostAndPort(String host, int port) {
    private static final int HIGHEST_PORT = 65535;
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    public HostAndPort {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("A host is needed");
        }
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("Not a port: " + port);
        }
    }

    /** Reads {@code host:port}; empty when either is missing or malformed. */
    public static Optional<HostAndPort> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !PORT.matcher(text.substring(colon + 1)).matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port < 1 || port > HIGHEST_PORT) {
            return Optional.empty();
        }
        return host(text.substring(0, colon)).map(host -> new HostAndPort(host, port));
    }

    /** Reads {@code host:port} or a host alone, which then gets the given port; IPv6 alone needs no brackets. */
    public static Optional<HostAndPort> parse(String text, int defaultPort) {
        Optional<String> hostAlone = IpAddress.parse(text).isPresent() ? Optional.of(text) : host(text);
        return hostAlone.map(host -> new HostAndPort(host, defaultPort)).or(() -> parse(text));
    }

    /** Reads a host alone: a name, an IPv4 address, or an IPv6 address in brackets, which are taken off. */
    public static Optional<String> host(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            String inner = text.substring(1, text.length() - 1);
            return IpAddress.parse(inner)
                    .filter(address -> inner.indexOf(':') >= 0)
                    .map(address -> inner);
        }
        if (text.indexOf(':') >= 0) {
            return Optional.empty();
        }
        if (IpAddress.parse(text).isPresent()) {
            return Optional.of(text);
        }
        return MailDomain.parse(text).map(MailDomain::text);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
