package org.jameschatmail.integration.certificate;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.Folders;

/**
 * Debian's Caddy on free ports of loopback with the Caddyfile of the distribution, in front of a server. Its own
 * certificates are by an authority of its own. {@code ./chatmail test} installs it.
 */
final class Caddy implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int http;
    private final int https;
    private final Process process;

    private Caddy(Path folder, int http, int https, Process process) {
        this.folder = folder;
        this.http = http;
        this.https = https;
        this.process = process;
    }

    /** Returns when it listens, at {@code http} for cleartext. */
    static Caddy start(ChatmailServer server, int http) {
        Path folder = Folders.createTemporary("chatmail-caddy-");
        int https = Pebble.freePort();
        try {
            Path configuration = folder.resolve("Caddyfile");
            Files.writeString(configuration, """
                    {
                    	admin off
                    	local_certs
                    	skip_install_trust
                    	default_bind 127.0.0.1
                    	http_port %d
                    	https_port %d
                    	storage file_system %s
                    }
                    %s""".formatted(http, https, folder.resolve("storage"), shipped(server)));
            ProcessBuilder builder = new ProcessBuilder(
                            List.of("caddy", "run", "--adapter", "caddyfile", "--config", configuration.toString()))
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(folder.resolve("log").toFile());
            builder.environment().put("CHATMAIL_DOMAIN", server.domain());
            builder.environment().put("HOME", folder.toString());
            Caddy caddy = new Caddy(folder, http, https, builder.start());
            caddy.awaitOpen();
            return caddy;
        } catch (IOException e) {
            throw new IllegalStateException("caddy doesn't start; ./chatmail test installs it", e);
        }
    }

    /** The Caddyfile, with this server in the place of compose-caddy.yaml's. */
    private static String shipped(ChatmailServer server) throws IOException {
        String file = Files.readString(server.distribution().home().resolve("packaging/Caddyfile"));
        return file.replace(
                        "https://chatmail:443",
                        "https://127.0.0.1:" + server.ports().https())
                .replace("chatmail:80", "127.0.0.1:" + server.ports().http());
    }

    private void awaitOpen() {
        Deadline deadline = Deadline.after(PATIENCE);
        while (!isOpen(http) || !isOpen(https)) {
            if (deadline.hasPassed() || !process.isAlive()) {
                String log = log();
                close();
                throw new IllegalStateException("caddy doesn't listen: " + log);
            }
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int https() {
        return https;
    }

    String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
