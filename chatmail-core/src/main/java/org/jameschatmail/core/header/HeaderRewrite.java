package org.jameschatmail.core.header;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of a message's own header fields; those of its parts, and every octet that isn't named here, stay.
 * Immutable, thread-safe.
 *
 * @param dropped lower-case names of the fields that are dropped, continuation lines with them
 * @param subject replaces the value of each Subject field; a message without one gets none
 */
public record HeaderRewrite(Set<String> dropped, Optional<String> subject) {
    /** For what a user submits: nothing about the client or its address, nothing about the content. */
    public static final HeaderRewrite SUBMITTED =
            new HeaderRewrite(Set.of("received", "x-originating-ip", "x-mailer", "user-agent"), Optional.of("[...]"));

    /** For what is stored in a mailbox: nothing about the way it came. */
    public static final HeaderRewrite STORED =
            new HeaderRewrite(Set.of("received", "dkim-signature", "authentication-results"), Optional.empty());

    /** Above the limit of the gates, which have refused a larger header before. */
    private static final int MAX_HEADER_BYTES = 1 << 20;

    public HeaderRewrite {
        dropped = Set.copyOf(dropped);
    }

    /** Both rewrites at once; this one's subject wins. */
    public HeaderRewrite and(HeaderRewrite other) {
        Set<String> both = new HashSet<>(dropped);
        both.addAll(other.dropped);
        return new HeaderRewrite(both, subject.or(other::subject));
    }

    /**
     * A header as it is to be.
     *
     * @param octets the fields that stay, and the empty line where the message has one
     * @param consumed how many octets of the message they stand for
     */
    public record Rewritten(byte[] octets, int consumed) {}

    /**
     * The rewritten message. Reads the header at once, at most {@value #MAX_HEADER_BYTES} octets, and the rest as the
     * result is read; closing the result closes the message.
     *
     * @throws IOException when the stream can't be read or its header is larger than that
     */
    public InputStream apply(InputStream message) throws IOException {
        BufferedInputStream in = new BufferedInputStream(message);
        return new SequenceInputStream(new ByteArrayInputStream(header(in).octets()), in);
    }

    /**
     * The rewritten header alone. Reads the message octet by octet, to the end of its header and no further.
     *
     * @throws IOException when the stream can't be read or its header has more than {@value #MAX_HEADER_BYTES} octets
     */
    public Rewritten header(InputStream message) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream(2048);
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        Fate fate = Fate.KEPT;
        int total = 0;
        while (true) {
            line.reset();
            total += readLine(message, line, MAX_HEADER_BYTES - total);
            byte[] octets = line.toByteArray();
            if (octets.length == 0 || isLineBreak(octets)) {
                header.write(octets);
                return new Rewritten(header.toByteArray(), total);
            }
            boolean continued = octets[0] == ' ' || octets[0] == '\t';
            if (!continued) {
                fate = fateOf(octets);
            }
            if (fate == Fate.KEPT) {
                header.write(octets);
            } else if (fate == Fate.REPLACED && !continued) {
                header.write(("Subject: " + subject.orElseThrow() + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private enum Fate {
        KEPT,
        DROPPED,
        REPLACED
    }

    private Fate fateOf(byte[] line) {
        int colon = 0;
        while (colon < line.length && line[colon] != ':') {
            colon++;
        }
        String name =
                new String(line, 0, colon, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
        if (dropped.contains(name)) {
            return Fate.DROPPED;
        }
        return subject.isPresent() && name.equals("subject") ? Fate.REPLACED : Fate.KEPT;
    }

    private static int readLine(InputStream in, ByteArrayOutputStream line, int limit) throws IOException {
        int c = in.read();
        while (c >= 0) {
            if (line.size() == limit) {
                throw new IOException("Header exceeds " + MAX_HEADER_BYTES + " octets");
            }
            line.write(c);
            if (c == '\n') {
                break;
            }
            c = in.read();
        }
        return line.size();
    }

    private static boolean isLineBreak(byte[] line) {
        return line[0] == '\n' || line.length == 2 && line[0] == '\r' && line[1] == '\n';
    }
}
