package org.jameschatmail.benchmarks.load.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Loopback ports that nobody listens on. Nothing is held, so a start can lose a race. */
final class FreePorts {
    private static final int[] WELL_KNOWN = {25, 80, 143, 443, 465, 587, 993, 8000};
    // Below 32768, where Linux takes ports for outgoing connections.
    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 24_000;

    private FreePorts() {}

    /** What can be added to each of James Chatmail's ports. */
    static int offset() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST))
                .limit(HIGHEST)
                .filter(offset -> IntStream.of(WELL_KNOWN).allMatch(port -> isFree(port + offset)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no eight free ports on loopback"));
    }

    /** One port. */
    static int one() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST))
                .limit(HIGHEST)
                .filter(FreePorts::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port on loopback"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
