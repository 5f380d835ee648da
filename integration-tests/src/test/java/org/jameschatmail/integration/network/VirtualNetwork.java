package org.jameschatmail.integration.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jameschatmail.integration.server.Folders;

/**
 * A network of this test run's own: a bridge in one namespace, a {@link VirtualHost} in each of the others, and this
 * process, which reaches them all. Its addresses are those that are set aside for tests (198.18.0.0/15) and for examples
 * (2001:db8::/32). The names hold our process id: what a run left whose process is gone is removed by the next one.
 */
final class VirtualNetwork implements AutoCloseable {
    private static final Pattern NAMESPACE = Pattern.compile("chatmail-(?<pid>[0-9]+)-[a-z]+");
    private static final Path RESOLVERS = Path.of("/etc/netns");
    private static final String BRIDGE = "br0";
    private static final int NETWORKS = 256;

    private final long pid = ProcessHandle.current().pid();
    private final String bridge = "chatmail-" + pid + "-bridge";
    private final int number;
    private final List<VirtualHost> hosts = new ArrayList<>();
    private final Thread lastResort = new Thread(this::remove);
    private int lastHost = 1;

    private VirtualNetwork(int number) {
        this.number = number;
    }

    /** @throws IllegalStateException when this process isn't root, or the system has no namespaces */
    static VirtualNetwork create() {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new IllegalStateException(
                    "Network namespaces need root. Run the tests as root, or without these: -Dit.test='!NetworkIT'");
        }
        removeAbandoned();
        VirtualNetwork network = new VirtualNetwork(freeNumber());
        Runtime.getRuntime().addShutdownHook(network.lastResort);
        try {
            network.lay();
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private static int freeNumber() {
        try {
            Set<String> taken = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.toSet());
            int first = (int) (ProcessHandle.current().pid() % NETWORKS);
            return IntStream.range(first, first + NETWORKS)
                    .map(number -> number % NETWORKS)
                    .filter(number -> taken.stream().noneMatch(address -> address.startsWith("198.18." + number + ".")))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("All of 198.18.0.0/16 is in use"));
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lay() {
        String card = "cm" + pid;
        Programs.run("ip", "netns", "add", bridge);
        Programs.run("ip", "-n", bridge, "link", "add", BRIDGE, "type", "bridge");
        Programs.run("ip", "-n", bridge, "link", "set", BRIDGE, "up");
        Programs.run("ip", "link", "add", card, "type", "veth", "peer", "name", "port1", "netns", bridge);
        Programs.run("ip", "-n", bridge, "link", "set", "dev", "port1", "master", BRIDGE, "up");
        Programs.run("ip", "addr", "add", text(four(1)) + "/24", "dev", card);
        Programs.run("ip", "addr", "add", text(six(1)) + "/64", "dev", card, "nodad");
        Programs.run("ip", "link", "set", card, "up");
    }

    /** Adds a host. The first one is the name server of all. */
    VirtualHost host(String name) {
        int index = ++lastHost;
        String namespace = "chatmail-" + pid + "-" + name;
        VirtualHost host = new VirtualHost(this, namespace, four(index), six(index));
        Programs.run("ip", "netns", "add", namespace);
        hosts.add(host);
        Programs.run(
                "ip",
                "-n",
                namespace,
                "link",
                "add",
                "eth0",
                "type",
                "veth",
                "peer",
                "name",
                port(host),
                "netns",
                bridge);
        Programs.run("ip", "-n", bridge, "link", "set", "dev", port(host), "master", BRIDGE, "up");
        Programs.run("ip", "-n", namespace, "addr", "add", text(host.four()) + "/24", "dev", "eth0");
        Programs.run("ip", "-n", namespace, "addr", "add", text(host.six()) + "/64", "dev", "eth0", "nodad");
        Programs.run("ip", "-n", namespace, "link", "set", "eth0", "up");
        Programs.run("ip", "-n", namespace, "link", "set", "lo", "up");
        try {
            Path folder = Files.createDirectories(RESOLVERS.resolve(namespace));
            Files.writeString(
                    folder.resolve("resolv.conf"),
                    "nameserver " + text(hosts.get(0).four()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return host;
    }

    /** The address of this process. */
    InetAddress own() {
        return four(1);
    }

    /** An address that nobody has. */
    InetAddress nextFour() {
        return four(++lastHost);
    }

    void port(VirtualHost host, String state) {
        Programs.run("ip", "-n", bridge, "link", "set", "dev", port(host), state);
    }

    private static String port(VirtualHost host) {
        return "p-" + host.namespace().replaceFirst(".*-", "");
    }

    private InetAddress four(int host) {
        return address("198.18.%d.%d".formatted(number, host));
    }

    private InetAddress six(int host) {
        return address("2001:db8:%x::%x".formatted(number, host));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(InetAddress address) {
        return address.getHostAddress();
    }

    private static void removeAbandoned() {
        for (String namespace : namespaces()) {
            Matcher ours = NAMESPACE.matcher(namespace);
            if (ours.matches()
                    && ProcessHandle.of(Long.parseLong(ours.group("pid"))).isEmpty()) {
                remove(namespace);
            }
        }
    }

    private static List<String> namespaces() {
        return Programs.run("ip", "netns", "list")
                .lines()
                .map(line -> line.split(" ", 2)[0])
                .toList();
    }

    /** With the processes in it, and the cards, whose other ends go too. */
    private static void remove(String namespace) {
        Programs.run("ip", "netns", "pids", namespace)
                .lines()
                .map(line -> ProcessHandle.of(Long.parseLong(line.strip())))
                .forEach(process -> process.ifPresent(ProcessHandle::destroyForcibly));
        Programs.run("ip", "netns", "del", namespace);
        Folders.delete(RESOLVERS.resolve(namespace));
    }

    private void remove() {
        String own = "chatmail-" + pid + "-";
        namespaces().stream().filter(name -> name.startsWith(own)).forEach(VirtualNetwork::remove);
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }
}
