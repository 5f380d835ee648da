package org.jameschatmail.guice.server;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Addresses as sockets can have them side by side: Java's wildcard socket serves IPv4 and IPv6 at once, so that
 * {@code 0.0.0.0} and {@code ::} on one port are one socket.
 */
final class BindAddresses {
    private BindAddresses() {}

    static List<InetSocketAddress> withoutOverlap(List<InetSocketAddress> endpoints) {
        boolean both = endpoints.stream().filter(BindAddresses::isWildcard).count() > 1;
        return endpoints.stream()
                .filter(endpoint -> !(both && isWildcard(endpoint) && !(endpoint.getAddress() instanceof Inet4Address)))
                .distinct()
                .toList();
    }

    /** @throws StartException for an address that James can't be told: it reads what follows a colon as the port */
    static void requireKnownToJames(List<InetAddress> addresses) throws StartException {
        for (InetAddress address : addresses) {
            if (address instanceof Inet6Address && !address.isAnyLocalAddress()) {
                throw new StartException(
                        "bind.address: this release can't listen on the one IPv6 address %s. Use ::, which is all addresses, IPv4 and IPv6."
                                .formatted(address.getHostAddress()));
            }
        }
    }

    private static boolean isWildcard(InetSocketAddress endpoint) {
        return endpoint.getAddress().isAnyLocalAddress();
    }
}
