package org.jameschatmail.guice.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * HTTP/1.1 over TLS, as much of it as {@code /mxdeliv} and MTA-STS need: JDK's client asks the system's name servers and
 * takes no host with an underscore. One request after another; follows no redirects. For use by one thread.
 */
final class HttpsSession implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration BASE_TRANSFER = Duration.ofMinutes(1);
    private static final long SLOWEST_OCTETS_A_SECOND = 10_000;
    private static final int MAX_HEADER_LINES = 100;

    private final Wire wire;
    private boolean reusable;

    private HttpsSession(Wire wire) {
        this.wire = wire;
    }

    /**
     * An answer.
     *
     * @param mediaType in lower case, without parameters
     * @param body as much of it as was asked for
     */
    record Answer(int status, String mediaType, String body) {
        private static final int OK = 200;
        private static final int FIRST_OTHER = 300;

        boolean isOk() {
            return status >= OK && status < FIRST_OTHER;
        }
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
    Answer deliver(Letter letter) throws IOException {
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
    Answer get(String path, int limit) throws IOException {
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

    private Answer readAnswer(int limit) throws IOException {
        int status = status(wire.readLine(ANSWER));
        long length = -1;
        boolean chunked = false;
        boolean close = false;
        String mediaType = "";
        String line = wire.readLine(ANSWER);
        for (int lines = 0; !line.isEmpty(); lines++, line = wire.readLine(ANSWER)) {
            if (lines == MAX_HEADER_LINES) {
                throw new IOException("An answer has more than " + MAX_HEADER_LINES + " header lines");
            }
            String value = line.substring(line.indexOf(':') + 1).strip();
            switch (line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = value.matches("[0-9]{1,9}") ? Long.parseLong(value) : -1;
                case "transfer-encoding" -> chunked = true;
                case "connection" -> close = value.equalsIgnoreCase("close");
                case "content-type" ->
                    mediaType = value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
                default -> {
                    // Nothing to us.
                }
            }
        }
        return new Answer(status, mediaType, body(limit, length, chunked, close));
    }

    private String body(int limit, long length, boolean chunked, boolean close) throws IOException {
        int drained = 4096;
        if (chunked) {
            return limit == 0 ? "" : chunks(limit);
        }
        int most = Math.max(limit, drained);
        byte[] octets = wire.read((int) (length < 0 ? limit : Math.min(length, most)), ANSWER);
        reusable = !close && length >= 0 && length <= most && octets.length == length;
        return new String(octets, 0, Math.min(octets.length, limit), StandardCharsets.UTF_8);
    }

    private String chunks(int limit) throws IOException {
        StringBuilder body = new StringBuilder();
        while (body.length() < limit) {
            String size = wire.readLine(ANSWER).split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,7}")) {
                throw new IOException("Not a chunk");
            }
            int octets = Integer.parseInt(size, 16);
            if (octets == 0) {
                break;
            }
            body.append(new String(wire.read(Math.min(octets, limit), ANSWER), StandardCharsets.UTF_8));
            if (octets > limit) {
                break;
            }
            wire.readLine(ANSWER);
        }
        return body.toString();
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [2-5][0-9]{2}( .*)?")) {
            throw new IOException("Not an HTTP answer");
        }
        int from = "HTTP/1.1 ".length();
        return Integer.parseInt(line.substring(from, from + 3));
    }

    boolean isReusable() {
        return reusable && !wire.isStale();
    }

    @Override
    public void close() {
        wire.close();
    }
}
