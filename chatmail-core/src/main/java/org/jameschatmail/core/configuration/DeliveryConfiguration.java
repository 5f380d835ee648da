package org.jameschatmail.core.configuration;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jameschatmail.core.address.HostAndPort;

/**
 * How mail gets to mailboxes, and leaves for other servers.
 *
 * @param local the way to the mailboxes of this server
 * @param gateway takes all of it instead of delivery by MX
 * @param dnsServers the resolvers; none is the system's
 * @param retryFirst before the first retry; at most {@code lifetime}
 * @param lifetime after which the sender is told of the failure
 */
public record DeliveryConfiguration(
        LocalDeliveryMode local,
        Optional<HostAndPort> gateway,
        List<HostAndPort> dnsServers,
        Duration retryFirst,
        Duration lifetime) {
    public static final DeliveryConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public DeliveryConfiguration {
        dnsServers = List.copyOf(dnsServers);
        Keys.QUEUE_RETRY_FIRST.require(retryFirst);
        Keys.QUEUE_LIFETIME.require(lifetime);
        if (retryFirst.compareTo(lifetime) > 0) {
            throw Keys.QUEUE_RETRY_FIRST.rejected("longer than queue.lifetime", Keys.QUEUE_LIFETIME);
        }
    }

    public static DeliveryConfiguration from(Settings settings) {
        return new DeliveryConfiguration(
                settings.get(Keys.DELIVERY_LOCAL),
                settings.get(Keys.DELIVERY_GATEWAY),
                settings.get(Keys.DNS_SERVER),
                settings.get(Keys.QUEUE_RETRY_FIRST),
                settings.get(Keys.QUEUE_LIFETIME));
    }
}
