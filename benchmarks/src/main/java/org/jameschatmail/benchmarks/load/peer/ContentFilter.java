package org.jameschatmail.benchmarks.load.peer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jdk.net.ExtendedSocketOptions;
import org.jameschatmail.core.gate.SubmissionGate;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.core.verdict.Verdict;

/**
 * The hop that makes a relay of a plain mail server: Postfix passes each message through here before it takes it
 * ({@code smtpd_proxy_filter}), and what isn't encrypted is refused. It judges as our own server does, and does no more.
 * A program of its own: {@code ContentFilter PORT PORT-OF-THE-NEXT-HOP}.
 *
 * @see <a href="https://www.postfix.org/SMTPD_PROXY_README.html">Postfix before-queue content filter</a>
 */
public final class ContentFilter {
    private static final byte[] FINAL_DOT = {'.', '\r', '\n'};

    private final SubmissionGate gate;
    private final int next;

    private ContentFilter(SubmissionGate gate, int next) {
        this.gate = gate;
        this.next = next;
    }

    public static void main(String[] arguments) throws IOException {
        ContentFilter filter =
                new ContentFilter(new SubmissionGate(MimeLimits.DEFAULT), Integer.parseInt(arguments[1]));
        filter.serve(Integer.parseInt(arguments[0]));
    }

    private void serve(int port) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ServerSocket listener = new ServerSocket(port, 500, InetAddress.getLoopbackAddress())) {
            while (!Thread.currentThread().isInterrupted()) {
                Socket client = listener.accept();
                threads.execute(() -> pass(client));
            }
        } finally {
            threads.shutdown();
        }
    }

    private void pass(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), next)) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            new Session(client, server).run();
        } catch (IOException e) {
            // Either side has gone. What was not acknowledged is sent again.
        }
    }

    /** One connection of Postfix' and ours to the next hop: a command, its reply, the next command. */
    private final class Session {
        private final Socket client;
        private final InputStream fromClient;
        private final OutputStream toClient;
        private final InputStream fromServer;
        private final OutputStream toServer;
        private String sender = "";

        private Session(Socket client, Socket server) throws IOException {
            this.client = client;
            this.fromClient = new BufferedInputStream(client.getInputStream(), 16384);
            this.toClient = client.getOutputStream();
            this.fromServer = new BufferedInputStream(server.getInputStream());
            this.toServer = new BufferedOutputStream(server.getOutputStream(), 16384);
        }

        private void run() throws IOException {
            reply();
            while (true) {
                byte[] line = line(fromClient);
                String command = new String(line, StandardCharsets.ISO_8859_1);
                if (command.regionMatches(true, 0, "MAIL FROM:<", 0, 11)) {
                    sender = command.substring(11, command.indexOf('>'));
                }
                toServer.write(line);
                toServer.flush();
                if (reply().startsWith("354")) {
                    message();
                }
            }
        }

        /** Passes a reply on and returns its last line. */
        private String reply() throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] line = line(fromServer);
            all.write(line);
            while (line.length > 3 && line[3] == '-') {
                line = line(fromServer);
                all.write(line);
            }
            toClient.write(all.toByteArray());
            return new String(line, StandardCharsets.ISO_8859_1);
        }

        private void message() throws IOException {
            acknowledgeAtOnce();
            ByteArrayOutputStream stuffed = new ByteArrayOutputStream(16384);
            ByteArrayOutputStream plain = new ByteArrayOutputStream(16384);
            for (byte[] line = line(fromClient); !isFinalDot(line); line = line(fromClient)) {
                stuffed.write(line);
                int skip = line[0] == '.' ? 1 : 0;
                plain.write(line, skip, line.length - skip);
            }
            Verdict verdict = gate.judge(new ByteArrayInputStream(plain.toByteArray()), sender);
            if (verdict instanceof Rejected) {
                toClient.write(
                        "523 Encryption Needed: Invalid Unencrypted Mail\r\n".getBytes(StandardCharsets.US_ASCII));
                throw new EOFException("refused, and so not passed on");
            }
            stuffed.writeTo(toServer);
            toServer.write(FINAL_DOT);
            toServer.flush();
            reply();
        }

        /** Postfix sends the message in pieces, each after the last was acknowledged: a delay of 40 ms else. */
        private void acknowledgeAtOnce() throws IOException {
            client.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }

        private boolean isFinalDot(byte[] line) {
            return line.length == FINAL_DOT.length && line[0] == '.';
        }

        private byte[] line(InputStream stream) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(128);
            for (int octet = stream.read(); ; octet = stream.read()) {
                if (octet < 0) {
                    throw new EOFException("the connection ended");
                }
                line.write(octet);
                if (octet == '\n') {
                    return line.toByteArray();
                }
            }
        }
    }
}
