package org.jameschatmail.guice.transport;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connection to a host, by lines and octets, over TLS from {@link #startTls} on. Each line has a deadline, however
 * slowly its octets come, and a length; what is written has the deadline of {@link #limit}. For use by one thread, but
 * for {@link #close}.
 */
final class Wire implements AutoCloseable {
    private static final int MAX_LINE = 4096;
    private static final int BUFFER = 8192;
    private static final Duration HANDSHAKE = Duration.ofSeconds(20);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final RemoteHost host;
    private final Socket raw;
    private final Dialer dialer;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int end;

    Wire(RemoteHost host, Socket connected, Dialer dialer) throws IOException {
        this.host = host;
        this.raw = connected;
        this.dialer = dialer;
        this.socket = connected;
        this.in = connected.getInputStream();
        this.out = new BufferedOutputStream(connected.getOutputStream(), BUFFER);
    }

    RemoteHost host() {
        return host;
    }

    /**
     * Goes over to TLS 1.2 or later.
     *
     * @throws javax.net.ssl.SSLException when the other side can't, or its certificate isn't good enough
     * @throws IOException when it has sent something in the clear that might be taken for what comes after
     */
    void startTls() throws IOException {
        if (position < end) {
            throw new IOException("Octets in the clear after the start of TLS");
        }
        SSLSocket secure =
                (SSLSocket) dialer.tls(host).getSocketFactory().createSocket(raw, host.name(), raw.getPort(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        if (host.known()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (!isAddress(host.name())) {
            // Made of octets, for the other constructor takes no underscores.
            parameters.setServerNames(List.of(new SNIHostName(host.name().getBytes(StandardCharsets.US_ASCII))));
        }
        secure.setSSLParameters(parameters);
        try (Dialer.Limit limit = limit(HANDSHAKE)) {
            secure.startHandshake();
        }
        socket = secure;
        in = secure.getInputStream();
        out = new BufferedOutputStream(secure.getOutputStream(), BUFFER);
    }

    private static boolean isAddress(String name) {
        return org.jameschatmail.core.address.IpAddress.parse(name).isPresent();
    }

    /** Closes the connection unless the result is closed in time: for writing, which has no other end. */
    Dialer.Limit limit(Duration patience) {
        return dialer.limit(this, patience);
    }

    /** Buffered: see {@link #flush}. */
    OutputStream out() {
        return out;
    }

    void writeLine(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    void flush() throws IOException {
        out.flush();
    }

    /**
     * The next line without its end, which may be a bare LF.
     *
     * @throws IOException when it doesn't come in time, is too long, or the connection ends
     */
    String readLine(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        StringBuilder line = new StringBuilder(80);
        while (line.length() <= MAX_LINE) {
            int octet = read(deadline);
            if (octet < 0) {
                throw new IOException("The connection ended");
            }
            if (octet == '\n') {
                int length = line.length();
                return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
            }
            line.append((char) octet);
        }
        throw new IOException("A line has more than " + MAX_LINE + " octets");
    }

    /** So many octets, or as many as come before the end. */
    byte[] read(int count, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        byte[] octets = new byte[count];
        int got = 0;
        for (int octet = 0; got < count; octets[got++] = (byte) octet) {
            octet = read(deadline);
            if (octet < 0) {
                return java.util.Arrays.copyOf(octets, got);
            }
        }
        return octets;
    }

    private int read(long deadline) throws IOException {
        if (position == end) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("No answer in time");
            }
            socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
            position = 0;
            end = Math.max(0, in.read(buffer));
            if (end == 0) {
                return -1;
            }
        }
        return Byte.toUnsignedInt(buffer[position++]);
    }

    /** Whether the other side has said something unasked, such as good-bye: then the connection is of no more use. */
    boolean isStale() {
        try {
            return position < end || raw.isClosed() || raw.getInputStream().available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** At once, also while another thread reads or writes. */
    @Override
    public void close() {
        dialer.forget(this);
        try {
            raw.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }
}
