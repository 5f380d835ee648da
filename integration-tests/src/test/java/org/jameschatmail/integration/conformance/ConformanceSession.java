package org.jameschatmail.integration.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.apache.james.mpt.api.Continuation;
import org.apache.james.mpt.api.Session;
import org.jameschatmail.integration.wire.TrustAll;
import org.jspecify.annotations.Nullable;

/**
 * A script's connection to 993. The greeting and the replies to LOGIN and AUTHENTICATE, whose texts are ours, reach it in James' words, and
 * names of accounts as it knows them. A read ends after 30 seconds. For use by one thread.
 */
final class ConformanceSession implements Session {
    private static final int READ_MILLISECONDS = 30_000;

    private final int port;
    private final AccountNames names;
    private final Continuation continuation;
    private @Nullable Socket socket;
    private @Nullable InputStream input;

    ConformanceSession(int port, AccountNames names, Continuation continuation) {
        this.port = port;
        this.names = names;
        this.continuation = continuation;
    }

    @Override
    public void start() throws IOException {
        Socket connected = TrustAll.context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        connected.setSoTimeout(READ_MILLISECONDS);
        socket = connected;
        input = new BufferedInputStream(connected.getInputStream());
    }

    @Override
    public void restart() throws IOException {
        stop();
        start();
    }

    @Override
    public void stop() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public void writeLine(String line) throws IOException {
        if (socket != null) {
            socket.getOutputStream().write((names.toOurs(line) + "\r\n").getBytes(US_ASCII));
        }
    }

    /** Empty at the end of the connection, as the scripts' own sessions have it. */
    @Override
    public String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = read(); next != '\n' && next >= 0; next = read()) {
            line.write(next);
        }
        String text = inTheirWords(names.toTheirs(line.toString(US_ASCII).replaceFirst("\r$", "")));
        if (text.startsWith("+")) {
            continuation.doContinue();
        }
        return text;
    }

    private int read() throws IOException {
        return input == null ? -1 : input.read();
    }

    private static String inTheirWords(String line) {
        return line.replaceFirst("^\\* OK IMAP4rev1 .* is ready$", "* OK IMAP4rev1 Server ready")
                .replaceFirst("^(\\S+) OK \\[CAPABILITY .*] Logged in$", "$1 OK LOGIN completed.")
                .replaceFirst(" NO \\[AUTHENTICATIONFAILED] .*", " NO LOGIN failed. Invalid login/password.")
                .replaceFirst(
                        " NO \\[CANNOT] Only PLAIN is known",
                        " NO AUTHENTICATE failed. Authentication mechanism is unsupported.");
    }

    /** What one session does, the others hear of before its reply. */
    @Override
    public void await() {}
}
