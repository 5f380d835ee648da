package org.jameschatmail.integration.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jameschatmail.integration.Deadline;

/** A notification proxy on loopback that answers what a test says, and keeps what it was asked. Thread-safe. */
final class NotificationProxy implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    NotificationProxy() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/notify", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
            requests.add(exchange.getRequestMethod() + " " + body);
            exchange.sendResponseHeaders(status, -1);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/notify";
    }

    /** The status of all answers from now on. */
    void answer(int newStatus) {
        status = newStatus;
    }

    /** How many requests had this token as their body. */
    long requestsFor(String token) {
        return requests.stream().filter(("POST " + token)::equals).count();
    }

    /** All requests, method and body. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    void awaitRequestsFor(String token, long count) {
        Deadline deadline = Deadline.after(PATIENCE);
        while (requestsFor(token) < count) {
            if (deadline.hasPassed()) {
                throw new AssertionError("the proxy got " + requests + ", not " + count + " for " + token);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
