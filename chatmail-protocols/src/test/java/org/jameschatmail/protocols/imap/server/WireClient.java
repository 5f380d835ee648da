package org.jameschatmail.protocols.imap.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Speaks IMAP line by line. A read waits ten seconds at most. */
final class WireClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private InputStream in;
    private OutputStream out;

    WireClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    WireClient(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        line();
    }

    /** Sends bytes as they are. */
    void send(String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    /** Sends a command and returns all lines up to and with the one that starts with its tag. */
    List<String> command(String command) throws IOException {
        send(command + "\r\n");
        return untilTagged(command.substring(0, command.indexOf(' ')));
    }

    List<String> untilTagged(String tag) throws IOException {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(line());
        } while (!lines.get(lines.size() - 1).startsWith(tag + " "));
        return lines;
    }

    /** The next line without its end. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("Closed after: " + line.toString(UTF_8));
            }
            line.write(next);
        }
        return line.toString(UTF_8).stripTrailing();
    }

    /** Compresses both directions from now on. */
    void compress() {
        in = new InflaterInputStream(in, new Inflater(true));
        out = new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true), true);
    }

    boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
