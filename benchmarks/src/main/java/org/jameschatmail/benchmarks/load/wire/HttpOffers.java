package org.jameschatmail.benchmarks.load.wire;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * Asks a web page for new credentials, each time over a connection of its own, as new phones do. Immutable, thread-safe.
 */
public final class HttpOffers {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Endpoint endpoint;
    private final byte[] request;

    /** @param address {@code https}, with its port */
    public HttpOffers(URI address) {
        this.endpoint = new Endpoint(address.getHost(), address.getPort());
        this.request = ("POST " + address.getPath() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the body of the answer, JSON with an address and a password. */
    public String ask() throws IOException {
        try (TlsConnection connection = TlsConnection.open(endpoint)) {
            connection.write(request);
            String status = connection.readLine(DEADLINE);
            int length = 0;
            for (String line = connection.readLine(DEADLINE); !line.isEmpty(); line = connection.readLine(DEADLINE)) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            line.substring(line.indexOf(':') + 1).strip());
                }
            }
            String body = length > 0
                    ? new String(connection.read(length, DEADLINE), StandardCharsets.UTF_8)
                    : connection.readLine(DEADLINE) + connection.readLine(DEADLINE);
            if (!status.contains(" 200 ") && !status.endsWith(" 200") || !body.contains("\"email\"")) {
                throw new WireException("the request for credentials was answered with: " + status + " " + body);
            }
            return body;
        }
    }
}
