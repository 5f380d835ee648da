package org.jameschatmail.integration.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jameschatmail.integration.Deadline;

/**
 * A TCP connection to loopback, or to a host of a test's own network, that reads lines and writes bytes, in clear or with TLS that trusts any certificate. One
 * character is one byte (ISO 8859-1). Every read ends after 30 seconds. For use by one thread.
 */
final class LineConnection implements AutoCloseable {
    private static final Duration READ_DEADLINE = Duration.ofSeconds(30);
    private static final int DRIP_MILLIS = 1000;
    private static final int DEFLATE_BUFFER = 512;

    private final int port;
    private Socket socket;
    private InputStream input;
    private OutputStream output;

    private LineConnection(Socket socket, int port) throws IOException {
        this.socket = socket;
        this.port = port;
        socket.setSoTimeout(Math.toIntExact(READ_DEADLINE.toMillis()));
        this.input = new BufferedInputStream(socket.getInputStream());
        this.output = socket.getOutputStream();
    }

    static LineConnection plain(int port) {
        return plain(new InetSocketAddress(0), new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    static LineConnection plain(InetSocketAddress server) {
        return plain(new InetSocketAddress(0), server);
    }

    /** From an address of this machine that the server then sees as the client's. */
    static LineConnection plainFrom(InetAddress client, int port) {
        return plain(new InetSocketAddress(client, 0), new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static LineConnection plain(InetSocketAddress client, InetSocketAddress server) {
        try {
            Socket socket = new Socket();
            socket.bind(client);
            socket.connect(server, Math.toIntExact(READ_DEADLINE.toMillis()));
            return new LineConnection(socket, server.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + server, e);
        }
    }

    static LineConnection tls(int port, String... applicationProtocols) {
        return tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), applicationProtocols);
    }

    static LineConnection tls(InetSocketAddress server, String... applicationProtocols) {
        LineConnection connection = plain(server);
        connection.startTls(applicationProtocols);
        return connection;
    }

    /** Starts TLS on this connection; what the server sent before and nobody read is a failure. */
    void startTls(String... applicationProtocols) {
        try {
            if (input.available() > 0) {
                throw new AssertionError("the server sent more before TLS: " + readLine());
            }
            SSLSocket tls =
                    (SSLSocket) TrustAll.context().getSocketFactory().createSocket(socket, "127.0.0.1", port, true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setApplicationProtocols(applicationProtocols);
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            socket = tls;
            input = new BufferedInputStream(tls.getInputStream());
            output = tls.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on both directions are raw deflate (RFC 4978). */
    void deflate() {
        input = new BufferedInputStream(new InflaterInputStream(input, new Inflater(true)));
        output = new DeflaterOutputStream(
                output, new Deflater(Deflater.DEFAULT_COMPRESSION, true), DEFLATE_BUFFER, true);
    }

    void write(String characters) {
        try {
            output.write(characters.getBytes(StandardCharsets.ISO_8859_1));
            output.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line without its CRLF; empty at the end of the stream. */
    Optional<String> readLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int next = input.read(); next != '\n'; next = input.read()) {
                if (next == -1) {
                    return line.size() == 0 ? Optional.empty() : Optional.of(text(line));
                }
                line.write(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("after '" + text(line) + "'", e);
        }
        return Optional.of(text(line));
    }

    /** Sends a character whenever nothing has come for a second; then the next line, empty at the end of the stream. */
    Optional<String> readLineWhileDripping(char character, Deadline deadline) {
        try {
            socket.setSoTimeout(DRIP_MILLIS);
            while (!hasInput()) {
                if (deadline.hasPassed()) {
                    throw new AssertionError("nothing came while octets dripped");
                }
                write(String.valueOf(character));
            }
            socket.setSoTimeout(Math.toIntExact(READ_DEADLINE.toMillis()));
            return readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for input, or for the end of it, as long as a read does. */
    private boolean hasInput() throws IOException {
        input.mark(1);
        try {
            input.read();
            input.reset();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** So many octets; fewer only at the end of the stream. */
    String read(int octets) {
        try {
            return new String(input.readNBytes(octets), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        String line = bytes.toString(StandardCharsets.ISO_8859_1);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
