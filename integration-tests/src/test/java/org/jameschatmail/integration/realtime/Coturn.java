package org.jameschatmail.integration.realtime;

import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jameschatmail.integration.DebianProgram;
import org.jameschatmail.integration.server.Folders;

/** Debian's coturn on a free port of loopback, with a secret that it shares with us. {@code ./chatmail test} installs it. */
final class Coturn implements AutoCloseable {
    private final DebianProgram program;
    private final Path folder;
    private final int port;

    private Coturn(DebianProgram program, Path folder, int port) {
        this.program = program;
        this.folder = folder;
        this.port = port;
    }

    /** Returns when it answers. */
    static Coturn start(String secret) {
        Path folder = Folders.createTemporary("coturn-");
        int port = freePort();
        List<String> command = List.of(
                "turnserver",
                "-n",
                "--use-auth-secret",
                "--static-auth-secret=" + secret,
                "--realm=turn.example",
                "--listening-ip=127.0.0.1",
                "--relay-ip=127.0.0.1",
                "--listening-port=" + port,
                "--no-tls",
                "--no-dtls",
                "--no-cli",
                "--log-file=stdout",
                "--pidfile=" + folder.resolve("pid"),
                "--userdb=" + folder.resolve("users"));
        Coturn coturn = new Coturn(DebianProgram.start(folder, Map.of(), command), folder, port);
        coturn.program.await(() -> new TurnClient(coturn.address()).isAnswered());
        return coturn;
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void close() {
        program.close();
        Folders.delete(folder);
    }
}
