package org.jameschatmail.integration.certificate;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jameschatmail.core.address.HostAndPort;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.network.CertificateAuthority;
import org.jameschatmail.integration.outgoing.PeerCertificate;
import org.jameschatmail.integration.server.Folders;

/**
 * A certificate authority on a free loopback port: Debian's pebble. It looks at the ports that the test names, finds
 * them by the test's name server, refuses one nonce in ten, and gives certificates that end soon.
 */
final class Pebble implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OWN_NAME = "localhost";

    private final Path folder;
    private final int port;
    private final CertificateAuthority site;
    private final Process process;

    private Pebble(Path folder, int port, CertificateAuthority site, Process process) {
        this.folder = folder;
        this.port = port;
        this.site = site;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param http where it fetches files from
     * @param tls where it looks at handshakes
     * @param life of its certificates
     */
    static Pebble start(HostAndPort dns, int http, int tls, Duration life) {
        Path folder = Folders.createTemporary("chatmail-pebble-");
        CertificateAuthority site = CertificateAuthority.create(folder, "site");
        site.issue(OWN_NAME, OWN_NAME);
        int port = freePort();
        try {
            Path configuration = folder.resolve("pebble.json");
            Files.writeString(configuration, """
                    {"pebble": {"listenAddress": "127.0.0.1:%d", "certificate": "%s", "privateKey": "%s",
                     "httpPort": %d, "tlsPort": %d, %s}}
                    """.formatted(
                            port, site.certificate(OWN_NAME), site.key(OWN_NAME), http, tls, lasting(life)));
            ProcessBuilder builder = new ProcessBuilder(
                            List.of("pebble", "-config", configuration.toString(), "-dnsserver", dns.toString()))
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(folder.resolve("log").toFile());
            builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
            builder.environment().put("PEBBLE_WFE_NONCEREJECT", "10");
            Pebble pebble = new Pebble(folder, port, site, builder.start());
            pebble.awaitOpen();
            return pebble;
        } catch (IOException e) {
            throw new IllegalStateException("pebble doesn't start; ./chatmail test installs it", e);
        }
    }

    /** As Debian 12's version has it, and as later ones do. */
    private static String lasting(Duration life) {
        return """
                "certificateValidityPeriod": %1$d, "profiles": {
                 "default": {"description": "usual", "validityPeriod": %1$d},
                 "shortlived": {"description": "short", "validityPeriod": %1$d}}""".formatted(life.toSeconds());
    }

    /** A port that nobody listens at now. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitOpen() {
        Deadline deadline = Deadline.after(PATIENCE);
        while (!isOpen()) {
            if (deadline.hasPassed() || !process.isAlive()) {
                throw new IllegalStateException("pebble doesn't listen: " + log());
            }
            Thread.onSpinWait();
        }
    }

    private boolean isOpen() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** For {@code acme.directory}. */
    String directory() {
        return "https://" + OWN_NAME + ":" + port + "/dir";
    }

    /** Options by which a JVM trusts this authority's own site. */
    String trust() {
        return PeerCertificate.trusting(PeerCertificate.read(site.certificate()));
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
