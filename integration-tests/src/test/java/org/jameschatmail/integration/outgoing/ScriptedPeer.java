package org.jameschatmail.integration.outgoing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An SMTP server that answers as a test wants it to, and remembers what it was told. Thread-safe.
 */
final class ScriptedPeer implements AutoCloseable {
    /** For a script: no answer, and the connection stays open. */
    static final String SILENCE = "(silence)";

    /** For a script: the connection is closed. */
    static final String HANG_UP = "(hang up)";

    /** To a script: the content begins; {@link #HANG_UP} ends the connection in its midst. */
    static final String CONTENT = "(content)";

    /** A message that was taken. */
    record Taken(String sender, List<String> recipients, List<String> lines) {
        String messageId() {
            return lines.stream()
                    .filter(line -> line.startsWith("Message-ID: <"))
                    .map(line -> line.substring("Message-ID: <".length(), line.length() - 1))
                    .findFirst()
                    .orElse("");
        }
    }

    private final ServerSocket listener;
    private final SSLContext tls;
    private volatile UnaryOperator<String> script;
    private final List<Taken> taken = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private ScriptedPeer(ServerSocket listener, SSLContext tls, UnaryOperator<String> script) {
        this.listener = listener;
        this.tls = tls;
        this.script = script;
    }

    /** @param script gives the reply to a command, or to {@code CONNECT} and {@code .}; {@code null} is the usual one */
    static ScriptedPeer start(String address, int port, PeerCertificate certificate, UnaryOperator<String> script) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            ScriptedPeer peer = new ScriptedPeer(listener, certificate.serverContext(), script);
            daemon(peer::accept);
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void script(UnaryOperator<String> other) {
        script = other;
    }

    List<Taken> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    List<String> commands() {
        synchronized (commands) {
            return List.copyOf(commands);
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = listener.accept();
            open.add(socket);
            daemon(() -> {
                try (socket) {
                    new Conversation(socket).hold();
                } finally {
                    open.remove(socket);
                }
            });
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Conversation {
        private Socket socket;
        private BufferedReader in;
        private OutputStream out;
        private String sender = "";
        private final List<String> recipients = new ArrayList<>();

        private Conversation(Socket socket) throws IOException {
            use(socket);
        }

        private void use(Socket other) throws IOException {
            socket = other;
            in = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.ISO_8859_1));
            out = other.getOutputStream();
        }

        private void hold() throws IOException {
            boolean goesOn = answer("CONNECT", "220 peer");
            while (goesOn) {
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                synchronized (commands) {
                    commands.add(line);
                }
                goesOn = obey(line);
            }
        }

        private boolean obey(String line) throws IOException {
            if (line.startsWith("EHLO")) {
                return answer(line, "250-peer\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SIZE 100000\r\n250 STARTTLS");
            }
            if (line.equals("STARTTLS")) {
                if (!answer(line, "220 go on")) {
                    return false;
                }
                SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
                secure.setUseClientMode(false);
                secure.startHandshake();
                use(secure);
                return true;
            }
            if (line.startsWith("MAIL FROM:")) {
                sender = line.replaceFirst(".*<(.*)>.*", "$1");
                recipients.clear();
            }
            if (line.startsWith("RCPT TO:")) {
                String reply = script.apply(line);
                if (reply == null) {
                    recipients.add(line.replaceFirst(".*<(.*)>.*", "$1"));
                }
                return say(reply, "250 ok");
            }
            return line.equals("DATA") ? data() : answer(line, "250 ok");
        }

        private boolean data() throws IOException {
            String reply = script.apply("DATA");
            if (!say(reply, "354 go on")) {
                return false;
            }
            if (reply != null) {
                return true;
            }
            if (HANG_UP.equals(script.apply(CONTENT))) {
                in.readLine();
                return false;
            }
            List<String> lines = new ArrayList<>();
            for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
                lines.add(line.startsWith(".") ? line.substring(1) : line);
            }
            String end = script.apply(".");
            if (end == null) {
                synchronized (taken) {
                    taken.add(new Taken(sender, List.copyOf(recipients), lines));
                }
            }
            return say(end, "250 taken");
        }

        /** Whether the conversation goes on. */
        private boolean answer(String command, String usual) throws IOException {
            return say(script.apply(command), usual);
        }

        /** Each command is put to the script once, so that it may count them. */
        private boolean say(String reply, String usual) throws IOException {
            if (HANG_UP.equals(reply)) {
                return false;
            }
            if (!SILENCE.equals(reply)) {
                out.write(((reply == null ? usual : reply) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
            return true;
        }
    }

    @FunctionalInterface
    private interface Service {
        void serve() throws IOException;
    }

    private static void daemon(Service service) {
        Thread thread = new Thread(() -> {
            try {
                service.serve();
            } catch (IOException closed) {
                // The other side is gone, or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
