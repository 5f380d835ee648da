package org.jameschatmail.integration.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jameschatmail.integration.DebianProgram;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.Folders;

/**
 * Debian's Caddy on free ports of loopback with the Caddyfile of the distribution, in front of a server. Its own
 * certificates are by an authority of its own. {@code ./chatmail test} installs it.
 */
final class Caddy implements AutoCloseable {
    private final Path folder;
    private final int https;
    private final DebianProgram program;

    private Caddy(Path folder, int https, DebianProgram program) {
        this.folder = folder;
        this.https = https;
        this.program = program;
    }

    /** Returns when it listens, at {@code http} for cleartext. */
    static Caddy start(ChatmailServer server, int http) {
        Path folder = Folders.createTemporary("chatmail-caddy-");
        int https = DebianProgram.freePort();
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
            DebianProgram program = DebianProgram.start(
                    folder,
                    Map.of("CHATMAIL_DOMAIN", server.domain(), "HOME", folder.toString()),
                    List.of("caddy", "run", "--adapter", "caddyfile", "--config", configuration.toString()));
            program.await(() -> DebianProgram.isOpen(http) && DebianProgram.isOpen(https));
            return new Caddy(folder, https, program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    int https() {
        return https;
    }

    String log() {
        return program.log();
    }

    @Override
    public void close() {
        program.close();
        Folders.delete(folder);
    }
}
