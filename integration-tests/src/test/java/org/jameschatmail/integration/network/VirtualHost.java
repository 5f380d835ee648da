package org.jameschatmail.integration.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jameschatmail.integration.server.ServerPlace;

/**
 * A host of a {@link VirtualNetwork}: a network namespace of its own. Immutable.
 *
 * @param four its first IPv4 address
 * @param six its first IPv6 address
 */
record VirtualHost(VirtualNetwork network, String namespace, InetAddress four, InetAddress six) {
    private static final String CARD = "eth0";

    /** The words that run a command there. */
    List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.addAll(List.of(words));
        return command;
    }

    ServerPlace place() {
        return ServerPlace.ofItsOwn(four, command());
    }

    /** Gives it one more IPv4 address. */
    InetAddress alias() {
        InetAddress address = network.nextFour();
        Programs.run("ip", "-n", namespace, "addr", "add", address.getHostAddress() + "/24", "dev", CARD);
        return address;
    }

    /** Pulls the plug: what is sent to it from now on meets nobody, and nothing comes back. */
    void unplug() {
        network.port(this, "down");
    }

    /** Plugs it in again. */
    void plugIn() {
        network.port(this, "up");
    }

    /** From now on, what it sends to an address is swallowed on the way: neither an answer nor an error comes. */
    void loseAllTo(InetAddress address) {
        Programs.run(
                "ip",
                "-n",
                namespace,
                "neigh",
                "add",
                address.getHostAddress(),
                "lladdr",
                "02:00:00:00:00:01",
                "dev",
                CARD,
                "nud",
                "permanent");
    }
}
