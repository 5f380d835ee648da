package org.jameschatmail.web;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/**
 * Makes a list of addresses bindable. A Java socket on {@code ::} takes IPv4 as well, so that binding {@code 0.0.0.0}
 * to the same port fails: of the two only {@code ::} is kept, or only {@code 0.0.0.0} where the machine has no IPv6.
 */
public final class ListenAddresses {
    private ListenAddresses() {}

    /** Never empty for a list that is not; the order is kept. */
    public static List<InetAddress> bindable(List<InetAddress> addresses) {
        return bindable(addresses, hasIpv6());
    }

    static List<InetAddress> bindable(List<InetAddress> addresses, boolean ipv6) {
        boolean both = addresses.stream().anyMatch(address -> isWildcard(address, true))
                && addresses.stream().anyMatch(address -> isWildcard(address, false));
        return addresses.stream()
                .distinct()
                .filter(address -> !both || !isWildcard(address, !ipv6))
                .toList();
    }

    private static boolean isWildcard(InetAddress address, boolean ipv6) {
        return address.isAnyLocalAddress() && address instanceof Inet6Address == ipv6;
    }

    private static boolean hasIpv6() {
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET6)) {
            return channel.isOpen();
        } catch (UnsupportedOperationException | IOException e) {
            return false;
        }
    }
}
