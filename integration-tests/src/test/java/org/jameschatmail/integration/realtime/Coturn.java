package org.jameschatmail.integration.realtime;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.server.Folders;

/** Debian's coturn on a free port of loopback, with a secret that it shares with us. {@code ./chatmail test} installs it. */
final class Coturn implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path folder;
    private final int port;

    private Coturn(Process process, Path folder, int port) {
        this.process = process;
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
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            Coturn coturn = new Coturn(process, folder, port);
            coturn.awaitAnswer();
            return coturn;
        } catch (IOException e) {
            throw new IllegalStateException("turnserver is missing: ./chatmail test installs it (Debian: coturn)", e);
        }
    }

    private void awaitAnswer() {
        Deadline deadline = Deadline.after(PATIENCE);
        while (!new TurnClient(address()).isAnswered()) {
            if (deadline.hasPassed() || !process.isAlive()) {
                close();
                throw new IllegalStateException("coturn doesn't answer");
            }
        }
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
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Folders.delete(folder);
    }
}
