package org.jameschatmail.benchmarks.load.wire;

/**
 * Where a service listens with TLS from the first byte.
 *
 * @param host a name or an address
 * @param port from 1 to 65535
 */
public record Endpoint(String host, int port) {
    public static Endpoint loopback(int port) {
        return new Endpoint("127.0.0.1", port);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
