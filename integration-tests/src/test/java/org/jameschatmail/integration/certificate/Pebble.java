package org.jameschatmail.integration.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jameschatmail.core.address.HostAndPort;
import org.jameschatmail.integration.DebianProgram;
import org.jameschatmail.integration.network.CertificateAuthority;
import org.jameschatmail.integration.outgoing.PeerCertificate;
import org.jameschatmail.integration.server.Folders;

/**
 * A certificate authority on a free loopback port: Debian's pebble. It looks at the ports that the test names, finds
 * them by the test's name server, refuses one nonce in ten, and gives certificates that end soon.
 */
final class Pebble implements AutoCloseable {
    private static final String OWN_NAME = "localhost";

    private final Path folder;
    private final int port;
    private final CertificateAuthority site;
    private final DebianProgram program;

    private Pebble(Path folder, int port, CertificateAuthority site, DebianProgram program) {
        this.folder = folder;
        this.port = port;
        this.site = site;
        this.program = program;
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
        int port = DebianProgram.freePort();
        try {
            Path configuration = folder.resolve("pebble.json");
            Files.writeString(configuration, """
                    {"pebble": {"listenAddress": "127.0.0.1:%d", "certificate": "%s", "privateKey": "%s",
                     "httpPort": %d, "tlsPort": %d, %s}}
                    """.formatted(
                            port, site.certificate(OWN_NAME), site.key(OWN_NAME), http, tls, lasting(life)));
            DebianProgram program = DebianProgram.start(
                    folder,
                    Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_WFE_NONCEREJECT", "10"),
                    List.of("pebble", "-config", configuration.toString(), "-dnsserver", dns.toString()));
            program.await(() -> DebianProgram.isOpen(port));
            return new Pebble(folder, port, site, program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Debian 12's version has it, and as later ones do. */
    private static String lasting(Duration life) {
        return """
                "certificateValidityPeriod": %1$d, "profiles": {
                 "default": {"description": "usual", "validityPeriod": %1$d},
                 "shortlived": {"description": "short", "validityPeriod": %1$d}}""".formatted(life.toSeconds());
    }

    /** For {@code acme.directory}. */
    String directory() {
        return "https://" + OWN_NAME + ":" + port + "/dir";
    }

    /** Options by which a JVM trusts this authority's own site. */
    String trust() {
        return PeerCertificate.trusting(PeerCertificate.read(site.certificate()));
    }

    @Override
    public void close() {
        program.close();
        Folders.delete(folder);
    }
}
