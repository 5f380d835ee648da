package org.jameschatmail.guice.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jameschatmail.core.address.HostAndPort;
import org.jameschatmail.core.outgoing.Destination;
import org.jameschatmail.core.outgoing.Route;

/** Calls the mail server of a domain and hangs up at once: can mail leave this machine? Blocks; thread-safe. */
public final class PeerCall {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_ADDRESSES = 4;

    private final NameService names;
    private final RemotePorts ports = RemotePorts.ofSystem();

    /** @param dnsServers the resolvers; none is the system's */
    public PeerCall(List<HostAndPort> dnsServers) {
        this.names = new NameService(dnsServers);
    }

    /** What came of a call. */
    public sealed interface Outcome {
        /** A mail server greets at port 25, or at that of the gateway. */
        record Greeted(String host) implements Outcome {}

        /** Port 25 says nothing, port 443 is open. */
        record WebAlone(String host) implements Outcome {}

        /** Nothing answers. */
        record Silent(String host) implements Outcome {}

        /** The name service knows no mail host of the domain now. */
        record NotFound() implements Outcome {}
    }

    /** Calls the first mail host of a domain that has an address. */
    public Outcome call(Destination destination) {
        if (destination.address().isPresent()) {
            return call(
                    destination.domain().text(), List.of(destination.address().get()));
        }
        Route route = Route.of(destination, names.mailHosts(destination.domain().host()), new Random());
        List<String> hosts = route instanceof Route.Hosts found ? found.names() : List.of();
        for (String host : hosts) {
            Optional<List<InetAddress>> addresses = names.addresses(host).filter(some -> !some.isEmpty());
            if (addresses.isPresent()) {
                return call(host, addresses.get());
            }
        }
        return new Outcome.NotFound();
    }

    /** Calls {@code delivery.gateway}, at its own port. */
    public Outcome call(HostAndPort gateway) {
        List<InetAddress> addresses = ServerCourier.addressesOf(gateway);
        if (addresses.isEmpty()) {
            return new Outcome.NotFound();
        }
        boolean greets = addresses.stream().limit(MAX_ADDRESSES).anyMatch(address -> greets(address, gateway.port()));
        return greets ? new Outcome.Greeted(gateway.toString()) : new Outcome.Silent(gateway.toString());
    }

    private Outcome call(String host, List<InetAddress> addresses) {
        List<InetAddress> some = addresses.stream().limit(MAX_ADDRESSES).toList();
        if (some.stream().anyMatch(address -> greets(address, ports.smtp()))) {
            return new Outcome.Greeted(host);
        }
        return some.stream().anyMatch(address -> isOpen(address, ports.https()))
                ? new Outcome.WebAlone(host)
                : new Outcome.Silent(host);
    }

    private static boolean greets(InetAddress address, int port) {
        try (Socket socket = connected(address, port);
                InputStream in = socket.getInputStream()) {
            return in.read() == '2';
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isOpen(InetAddress address, int port) {
        try (Socket socket = connected(address, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static Socket connected(InetAddress address, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address, port), (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
