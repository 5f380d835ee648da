package org.jameschatmail.guice.statistics;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Where the world reaches this machine. */
@FunctionalInterface
public interface PublicAddressSource {
    List<InetAddress> addresses() throws IOException;
}
