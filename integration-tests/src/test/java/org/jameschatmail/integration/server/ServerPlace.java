package org.jameschatmail.integration.server;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where a server runs. Immutable.
 *
 * @param address by which this process reaches it
 * @param launcher the words in front of its command, such as those that enter a network namespace
 * @param fixedPorts its ports where it has the address for itself; free ones otherwise
 */
public record ServerPlace(InetAddress address, List<String> launcher, Optional<ServerPorts> fixedPorts) {
    /** Beside this process, with ports that are free now. */
    public static final ServerPlace LOOPBACK =
            new ServerPlace(InetAddress.getLoopbackAddress(), List.of(), Optional.empty());

    public ServerPlace {
        launcher = List.copyOf(launcher);
    }

    /** On a host of its own, with the well-known ports. */
    public static ServerPlace ofItsOwn(InetAddress address, List<String> launcher) {
        return new ServerPlace(address, launcher, Optional.of(new ServerPorts(0)));
    }

    ServerPorts ports() {
        return fixedPorts.orElseGet(ServerPorts::free);
    }
}
