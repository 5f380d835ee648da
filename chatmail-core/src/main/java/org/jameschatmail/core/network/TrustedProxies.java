package org.jameschatmail.core.network;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jameschatmail.core.address.IpAddress;

/**
 * Proxies in front of this server, which are believed when they say whom a connection or a request comes from.
 * Immutable.
 */
public record TrustedProxies(List<AddressRange> ranges) {
    private static final int MOST_HOPS = 32;
    private static final int LONGEST = 4_096;
    private static final Pattern WITH_PORT =
            Pattern.compile("\\[([0-9a-fA-F:.]+)](?::[0-9]{1,5})?|([0-9.]+):[0-9]{1,5}");

    public TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    public boolean trusts(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /**
     * Who sent a request.
     *
     * @param peer from whom it came here
     * @param forwarded the {@code X-Forwarded-For} headers in their order. Of the addresses in them only the last one
     *     that isn't a proxy's counts: whoever sends the request can write what is before it
     */
    public InetAddress client(InetAddress peer, List<String> forwarded) {
        String all = String.join(",", forwarded);
        if (!trusts(peer) || all.length() > LONGEST) {
            return peer;
        }
        String[] hops = all.split(",", -1);
        InetAddress client = peer;
        for (int i = hops.length - 1; i >= Math.max(0, hops.length - MOST_HOPS); i--) {
            Optional<InetAddress> hop = address(hops[i].strip());
            if (hop.isEmpty()) {
                return client;
            }
            client = hop.get();
            if (!trusts(client)) {
                return client;
            }
        }
        return client;
    }

    private static Optional<InetAddress> address(String text) {
        Matcher matcher = WITH_PORT.matcher(text);
        if (!matcher.matches()) {
            return IpAddress.parse(text);
        }
        return IpAddress.parse(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
}
