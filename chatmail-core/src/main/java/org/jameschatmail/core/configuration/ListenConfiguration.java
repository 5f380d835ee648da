package org.jameschatmail.core.configuration;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where the server listens.
 *
 * @param bindAddresses for everything but WebAdmin; at least one
 * @param portOffset added to each well-known port, 0 to 57535
 */
public record ListenConfiguration(List<InetAddress> bindAddresses, int portOffset) {
    public static final ListenConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public ListenConfiguration {
        bindAddresses = List.copyOf(bindAddresses);
        Keys.PORT_OFFSET.require(portOffset);
        if (bindAddresses.isEmpty()) {
            throw Keys.BIND_ADDRESS.rejected("needs at least one address");
        }
    }

    public static ListenConfiguration from(Settings settings) {
        return new ListenConfiguration(settings.get(Keys.BIND_ADDRESS), settings.get(Keys.PORT_OFFSET));
    }

    /** The real port of a service, 1 to 65535. */
    public int port(Service service) {
        return service.wellKnownPort() + portOffset;
    }

    /** The addresses a service listens on: loopback alone for WebAdmin. */
    public List<InetSocketAddress> endpoints(Service service) {
        List<InetAddress> addresses =
                service == Service.WEBADMIN ? List.of(InetAddress.getLoopbackAddress()) : bindAddresses;
        return addresses.stream()
                .map(address -> new InetSocketAddress(address, port(service)))
                .toList();
    }
}
