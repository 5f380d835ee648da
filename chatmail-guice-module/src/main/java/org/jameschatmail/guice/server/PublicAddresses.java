package org.jameschatmail.guice.server;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.List;
import org.jameschatmail.core.configuration.ListenConfiguration;

/** Where the world reaches this machine, as far as the machine knows. */
public final class PublicAddresses {
    private PublicAddresses() {}

    /** Those the server listens on; for all of the machine, those of its interfaces that the world can reach. */
    public static List<InetAddress> of(ListenConfiguration listen) throws IOException {
        List<InetAddress> bound = listen.bindAddresses();
        if (bound.stream().noneMatch(InetAddress::isAnyLocalAddress)) {
            return bound.stream().filter(PublicAddresses::isPublic).toList();
        }
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(PublicAddresses::isPublic)
                .map(PublicAddresses::withoutScope)
                .toList();
    }

    private static boolean isPublic(InetAddress address) {
        boolean uniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
        return !(address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal);
    }

    private static InetAddress withoutScope(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("The length was right before", e);
        }
    }
}
