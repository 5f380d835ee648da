package org.jameschatmail.integration.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** The eight ports of one server: the well-known ones, each plus {@code offset}. */
public record ServerPorts(int offset) {
    private static final int[] WELL_KNOWN = {25, 80, 143, 443, 465, 587, 993, 8000};
    // Each of the processes that run tests at once has ports of its own, as nothing holds those that are found.
    // The highest, 8000 plus the offset, stay below 32768, where Linux takes ports for outgoing connections.
    private static final int LOWEST_OFFSET = 10_000 + PortRange.taken().number() * 3_900;
    private static final int OFFSETS = 2_900;
    private static final int ATTEMPTS = 200;

    /**
     * Finds an offset at which all eight ports are free on loopback. Tries random ones, so that test runs side by
     * side rarely meet; nothing is held, so a start can still lose the race.
     */
    public static ServerPorts free() {
        return IntStream.range(0, ATTEMPTS)
                .map(attempt -> LOWEST_OFFSET + ThreadLocalRandom.current().nextInt(OFFSETS))
                .filter(ServerPorts::isFree)
                .mapToObj(ServerPorts::new)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no offset with eight free ports on 127.0.0.1"));
    }

    private static boolean isFree(int offset) {
        return IntStream.of(WELL_KNOWN).map(port -> port + offset).allMatch(ServerPorts::canBind);
    }

    private static boolean canBind(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public int smtp() {
        return 25 + offset;
    }

    public int http() {
        return 80 + offset;
    }

    public int imap() {
        return 143 + offset;
    }

    /** HTTPS, IMAP and SMTP by ALPN. */
    public int https() {
        return 443 + offset;
    }

    public int submissions() {
        return 465 + offset;
    }

    public int submission() {
        return 587 + offset;
    }

    public int imaps() {
        return 993 + offset;
    }

    public int webAdmin() {
        return 8000 + offset;
    }
}
