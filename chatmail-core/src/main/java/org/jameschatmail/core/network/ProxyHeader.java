package org.jameschatmail.core.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jameschatmail.core.address.IpAddress;

/**
 * What a proxy writes in front of a connection's own octets, PROXY protocol version 1 or 2.
 *
 * @see <a href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">The PROXY protocol</a>
 */
public sealed interface ProxyHeader {
    /** More than this is never looked at. */
    int LONGEST = 2_048;

    /** There is none: the connection has begun already. */
    record Absent() implements ProxyHeader {}

    /** What is there may become one. */
    record Incomplete() implements ProxyHeader {}

    /** It began like one. */
    record Malformed() implements ProxyHeader {}

    /**
     * There is one.
     *
     * @param client empty where the proxy speaks for itself, or doesn't know
     * @param length in octets
     */
    record Present(Optional<InetSocketAddress> client, int length) implements ProxyHeader {}

    /** Reads what has come so far, and leaves it as it is. */
    static ProxyHeader read(ByteBuffer octets) {
        ByteBuffer in = octets.slice();
        if (Reading.startsLike(in, Reading.SIGNATURE)) {
            return in.remaining() < Reading.FIXED ? new Incomplete() : Reading.second(in);
        }
        if (Reading.startsLike(in, Reading.WORD)) {
            return Reading.first(in);
        }
        return new Absent();
    }

    /** How the two versions are read. */
    final class Reading {
        private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
        private static final byte[] WORD = "PROXY ".getBytes(StandardCharsets.US_ASCII);
        private static final int FIXED = 16;
        private static final int LONGEST_LINE = 107;
        private static final Pattern LINE =
                Pattern.compile("PROXY (TCP4|TCP6) ([0-9a-fA-F:.]{2,45}) [0-9a-fA-F:.]{2,45} ([0-9]{1,5}) [0-9]{1,5}");
        private static final Pattern UNKNOWN = Pattern.compile("PROXY UNKNOWN( .*)?");
        private static final int LOCAL = 0x20;
        private static final int PROXY = 0x21;
        private static final int TCP_4 = 0x11;
        private static final int TCP_6 = 0x21;
        private static final int HIGHEST_PORT = 65_535;

        private Reading() {}

        private static boolean startsLike(ByteBuffer in, byte[] start) {
            for (int i = 0; i < Math.min(in.remaining(), start.length); i++) {
                if (in.get(i) != start[i]) {
                    return false;
                }
            }
            return true;
        }

        private static ProxyHeader first(ByteBuffer in) {
            byte[] bytes = new byte[Math.min(in.remaining(), LONGEST_LINE)];
            in.get(0, bytes);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n");
            if (end < 0) {
                return bytes.length < LONGEST_LINE ? new Incomplete() : new Malformed();
            }
            String line = text.substring(0, end);
            if (UNKNOWN.matcher(line).matches()) {
                return new Present(Optional.empty(), end + 2);
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                return new Malformed();
            }
            Optional<InetAddress> address = IpAddress.parse(matcher.group(2))
                    .filter(found ->
                            found.getAddress().length == (matcher.group(1).equals("TCP4") ? 4 : 16));
            int port = Integer.parseInt(matcher.group(3));
            return address.isEmpty() || port > HIGHEST_PORT
                    ? new Malformed()
                    : new Present(Optional.of(new InetSocketAddress(address.get(), port)), end + 2);
        }

        private static ProxyHeader second(ByteBuffer in) {
            int command = in.get(SIGNATURE.length) & 0xff;
            int family = in.get(SIGNATURE.length + 1) & 0xff;
            int rest = in.getShort(SIGNATURE.length + 2) & 0xffff;
            int needed = family == TCP_4 ? 12 : family == TCP_6 ? 36 : 0;
            boolean known = command == LOCAL || command == PROXY;
            if (!known || FIXED + rest > LONGEST || (command == PROXY && rest < needed)) {
                return new Malformed();
            }
            if (in.remaining() < FIXED + rest) {
                return new Incomplete();
            }
            if (command == LOCAL || needed == 0) {
                return new Present(Optional.empty(), FIXED + rest);
            }
            byte[] address = new byte[family == TCP_4 ? 4 : 16];
            in.get(FIXED, address);
            int port = in.getShort(FIXED + 2 * address.length) & 0xffff;
            try {
                return new Present(
                        Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port)), FIXED + rest);
            } catch (UnknownHostException e) {
                throw new IllegalStateException("four octets or sixteen are an address", e);
            }
        }
    }
}
