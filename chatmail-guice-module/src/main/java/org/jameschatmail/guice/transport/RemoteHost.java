package org.jameschatmail.guice.transport;

import java.net.InetAddress;
import java.util.List;

/**
 * A host that takes mail.
 *
 * @param name as certificates have it, and for {@code Host:}; of an address literal the address
 * @param addresses tried in this order
 * @param known whether it must show a certificate of a known authority for its name
 */
record RemoteHost(String name, List<InetAddress> addresses, boolean known) {
    RemoteHost {
        addresses = List.copyOf(addresses);
    }

    /** By which connections are kept: never one whose certificate nobody looked at for a host whose must be. */
    String key() {
        return name + (known ? "" : " unknown");
    }

    /** As a URL has it. */
    String urlName() {
        return name.indexOf(':') < 0 ? name : "[" + name + "]";
    }
}
