package org.jameschatmail.guice.transport;

import java.io.IOException;
import java.time.Duration;

/**
 * HTTP/1.1 over TLS, as much of it as {@code /mxdeliv} and MTA-STS need: JDK's client asks the system's name servers and
 * takes no host with an underscore. One request after another; follows no redirects. For use by one thread.
 */
final class HttpsSession implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration BASE_TRANSFER = Duration.ofMinutes(1);
    private static final long SLOWEST_OCTETS_A_SECOND = 10_000;

    private final Wire wire;
    private boolean reusable;

    private HttpsSession(Wire wire) {
        this.wire = wire;
    }

    /** @throws javax.net.ssl.SSLException when TLS or the certificate isn't good enough */
    static HttpsSession open(Dialer dialer, RemoteHost host, int port) throws IOException {
        Wire wire = dialer.dial(host, port);
        try {
            wire.startTls();
            return new HttpsSession(wire);
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    /** Hands over a message for all of its recipients. */
    HttpsAnswer deliver(Letter letter) throws IOException {
        reusable = false;
        OutboundMessage message = letter.message();
        long size = message.stuffedSize();
        Duration patience = BASE_TRANSFER.plusSeconds(size / SLOWEST_OCTETS_A_SECOND);
        try (Dialer.Limit limit = wire.limit(patience)) {
            wire.writeLine("POST /mxdeliv HTTP/1.1");
            wire.writeLine("Host: " + wire.host().urlName());
            wire.writeLine("Content-Type: message/rfc822");
            wire.writeLine("Content-Length: " + size);
            if (letter.sender().isPresent()) {
                wire.writeLine("X-MAIL-FROM: " + letter.sender().get());
            }
            for (String recipient : letter.recipients()) {
                wire.writeLine("X-MAIL-TO: " + recipient);
            }
            wire.writeLine("");
            message.writeStuffed(wire.out());
            wire.flush();
        }
        return readAnswer(0);
    }

    /** @param limit octets of the body that are read, at most */
    HttpsAnswer get(String path, int limit) throws IOException {
        reusable = false;
        try (Dialer.Limit deadline = wire.limit(ANSWER)) {
            wire.writeLine("GET " + path + " HTTP/1.1");
            wire.writeLine("Host: " + wire.host().urlName());
            wire.writeLine("Connection: close");
            wire.writeLine("");
            wire.flush();
        }
        return readAnswer(limit);
    }

    private HttpsAnswer readAnswer(int limit) throws IOException {
        HttpsAnswer answer = HttpsAnswer.read(wire, limit);
        reusable = answer.canFollow();
        return answer;
    }

    boolean isReusable() {
        return reusable && !wire.isStale();
    }

    @Override
    public void close() {
        wire.close();
    }
}
