package org.jameschatmail.guice.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * An answer of a web server, as far as it matters to us. Immutable.
 *
 * @param mediaType in lower case, without parameters
 * @param body as much of it as was asked for
 * @param canFollow whether the connection is good for another request
 */
record HttpsAnswer(int status, String mediaType, String body, boolean canFollow) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MAX_HEADER_LINES = 100;
    /** So much of a body that nobody asked for is read, to use the connection again. */
    private static final int DRAINED = 4096;

    private static final int OK = 200;
    private static final int FIRST_OTHER = 300;

    boolean isOk() {
        return status >= OK && status < FIRST_OTHER;
    }

    /** @param length of the body; negative when it isn't told */
    private record Header(String mediaType, long length, boolean chunked, boolean close) {}

    /**
     * Reads one answer.
     *
     * @param limit octets of the body that are kept, at most
     * @throws IOException when it is none, is too long, or doesn't come in time
     */
    static HttpsAnswer read(Wire wire, int limit) throws IOException {
        int status = status(wire.readLine(PATIENCE));
        Header header = readHeader(wire);
        if (header.chunked()) {
            return new HttpsAnswer(status, header.mediaType(), limit == 0 ? "" : chunks(wire, limit), false);
        }
        long length = header.length();
        int most = Math.max(limit, DRAINED);
        byte[] octets = wire.read((int) (length < 0 ? limit : Math.min(length, most)), PATIENCE);
        boolean whole = length >= 0 && octets.length == length;
        String body = new String(octets, 0, Math.min(octets.length, limit), StandardCharsets.UTF_8);
        return new HttpsAnswer(status, header.mediaType(), body, whole && !header.close());
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [2-5][0-9]{2}( .*)?")) {
            throw new IOException("Not an HTTP answer");
        }
        int from = "HTTP/1.1 ".length();
        return Integer.parseInt(line.substring(from, from + 3));
    }

    private static Header readHeader(Wire wire) throws IOException {
        long length = -1;
        boolean chunked = false;
        boolean close = false;
        String mediaType = "";
        String line = wire.readLine(PATIENCE);
        for (int lines = 0; !line.isEmpty(); lines++, line = wire.readLine(PATIENCE)) {
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
        return new Header(mediaType, length, chunked, close);
    }

    private static String chunks(Wire wire, int limit) throws IOException {
        StringBuilder body = new StringBuilder();
        while (body.length() < limit) {
            String size = wire.readLine(PATIENCE).split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,7}")) {
                throw new IOException("Not a chunk");
            }
            int octets = Integer.parseInt(size, 16);
            if (octets == 0) {
                break;
            }
            int wanted = Math.min(octets, limit - body.length());
            body.append(new String(wire.read(wanted, PATIENCE), StandardCharsets.UTF_8));
            if (octets > wanted) {
                break;
            }
            wire.readLine(PATIENCE);
        }
        return body.toString();
    }
}
