package org.jameschatmail.core.network;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The network a client is counted under: its IPv4 address, or the first 64 bits of its IPv6 address, since one
 * subscriber commands a whole /64. An IPv4 address mapped into IPv6 counts as IPv4. The text form tells nothing, so
 * that no address reaches a log. Immutable.
 */
public final class ClientNetwork {
    private static final int IPV4_BYTES = 4;

    private final boolean ipv4;
    private final long prefix;

    private ClientNetwork(boolean ipv4, long prefix) {
        this.ipv4 = ipv4;
        this.prefix = prefix;
    }

    /** The network that the address belongs to. */
    public static ClientNetwork of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        boolean ipv4 = bytes.remaining() == IPV4_BYTES;
        return new ClientNetwork(ipv4, ipv4 ? bytes.getInt() : bytes.getLong());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientNetwork
                && ((ClientNetwork) other).ipv4 == ipv4
                && ((ClientNetwork) other).prefix == prefix;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(prefix) * 31 + Boolean.hashCode(ipv4);
    }

    @Override
    public String toString() {
        return ipv4 ? "ClientNetwork[IPv4]" : "ClientNetwork[IPv6 /64]";
    }
}
