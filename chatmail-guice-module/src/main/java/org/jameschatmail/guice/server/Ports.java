package org.jameschatmail.guice.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jameschatmail.core.configuration.ListenConfiguration;
import org.jameschatmail.core.configuration.Service;

/** Looks, before anything is started, whether every listener will get its port. */
public final class Ports {
    private Ports() {}

    /** @throws StartException that names every port that can't be had, and the key that moves it */
    static void requireFree(ListenConfiguration listen) throws StartException {
        List<String> faults = faults(listen);
        if (!faults.isEmpty()) {
            throw new StartException(String.join("\n", faults)
                    + "\nChoose other ports with --port-offset N (the key port.offset), or another bind.address.");
        }
    }

    /** A sentence for every port that can't be had. */
    public static List<String> faults(ListenConfiguration listen) {
        List<String> faults = new ArrayList<>();
        for (Service service : Service.values()) {
            for (InetSocketAddress endpoint : BindAddresses.withoutOverlap(listen.endpoints(service))) {
                whyNot(endpoint, service, faults);
            }
        }
        return faults;
    }

    private static void whyNot(InetSocketAddress endpoint, Service service, List<String> faults) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(endpoint);
        } catch (IOException e) {
            faults.add("Port %d for %s at %s can't be used: %s."
                    .formatted(
                            endpoint.getPort(),
                            service.name().toLowerCase(Locale.ROOT),
                            endpoint.getAddress().getHostAddress(),
                            e.getMessage()));
        }
    }
}
