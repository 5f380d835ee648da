package org.jameschatmail.benchmarks.load.wire;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * A logged-in submission session, which sends one message after the other; commands are pipelined where the server
 * offers that, as clients do. For use by one thread at a time.
 */
public final class SmtpSession implements Closeable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final byte[] FINAL_DOT = ascii(".\r\n");

    private final TlsConnection connection;
    private boolean pipelining;

    private SmtpSession(TlsConnection connection) {
        this.connection = connection;
    }

    public static SmtpSession login(Endpoint endpoint, Account account) throws IOException {
        TlsConnection connection = TlsConnection.open(endpoint);
        try {
            SmtpSession session = new SmtpSession(connection);
            session.expect("220", "greeting");
            session.send("EHLO [127.0.0.1]");
            session.expect("250", "EHLO");
            String token = "\0" + account.address() + "\0" + account.password();
            session.send("AUTH PLAIN " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)));
            session.expect("235", "AUTH");
            return session;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Submits a message and returns when the server has acknowledged it.
     *
     * @param data the message with CRLF line ends and a CRLF at its end, without a line that starts with a dot
     */
    public void submit(String sender, List<String> recipients, byte[] data) throws IOException {
        StringBuilder commands = new StringBuilder("MAIL FROM:<" + sender + ">");
        for (String recipient : recipients) {
            next(commands);
            commands.append("RCPT TO:<").append(recipient).append('>');
        }
        next(commands);
        commands.append("DATA");
        send(commands.toString());
        for (int reply = pipelining ? recipients.size() + 1 : 0; reply > 0; reply--) {
            expect("250", "envelope");
        }
        expect("354", "DATA");
        connection.write(data, FINAL_DOT);
        expect("250", "end of data");
    }

    /** Makes room for one more command: behind the others, or after the answer to the only one. */
    private void next(StringBuilder commands) throws IOException {
        if (pipelining) {
            commands.append("\r\n");
            return;
        }
        send(commands.toString());
        expect("250", "envelope");
        commands.setLength(0);
    }

    private void send(String commands) throws IOException {
        connection.write(ascii(commands + "\r\n"));
    }

    private void expect(String code, String step) throws IOException {
        String line = connection.readLine(DEADLINE);
        while (line.length() > 3 && line.charAt(3) == '-') {
            pipelining |= line.regionMatches(true, 4, "PIPELINING", 0, 10);
            line = connection.readLine(DEADLINE);
        }
        pipelining |= line.regionMatches(true, 4, "PIPELINING", 0, 10);
        if (!line.startsWith(code)) {
            throw new WireException(step + " was answered with: " + line);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
