package org.jameschatmail.integration.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Debian's unbound as the name server of a {@link VirtualNetwork}: it knows one zone, which is the root, and asks nobody.
 */
final class ZoneServer implements AutoCloseable {
    private final Process process;

    private ZoneServer(Process process) {
        this.process = process;
    }

    /** @param records lines of a zone file */
    static ZoneServer start(VirtualHost host, Path folder, List<String> records) throws IOException {
        Path zone = folder.resolve("zone");
        Files.writeString(zone, """
                . 60 IN SOA ns.example. hostmaster.example. 1 3600 600 86400 60
                . 60 IN NS ns.example.
                ns.example. 60 IN A %s
                """.formatted(host.four().getHostAddress()) + String.join("\n", records) + "\n");
        Path configuration = folder.resolve("unbound.conf");
        Files.writeString(configuration, """
                server:
                  username: ""
                  chroot: ""
                  directory: "%1$s"
                  pidfile: ""
                  use-syslog: no
                  interface: %2$s
                  interface: %3$s
                  access-control: 0.0.0.0/0 allow
                  access-control: ::/0 allow
                  do-daemonize: no
                  module-config: "iterator"
                remote-control:
                  control-enable: no
                auth-zone:
                  name: "."
                  zonefile: "%4$s"
                  for-downstream: yes
                  for-upstream: yes
                  fallback-enabled: no
                """.formatted(
                        folder, host.four().getHostAddress(), host.six().getHostAddress(), zone));
        return new ZoneServer(Programs.start(
                folder.resolve("unbound.log"), host.command("unbound", "-d", "-c", configuration.toString())));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
