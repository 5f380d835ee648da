package org.jameschatmail.guice.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jameschatmail.core.configuration.ListenConfiguration;
import org.jameschatmail.core.configuration.Service;
import org.jameschatmail.core.doctor.Finding;
import org.jameschatmail.core.doctor.Subject;
import org.jameschatmail.guice.server.DataDirectory;
import org.jameschatmail.guice.server.Ports;

/**
 * Whether the data directory and the ports are the server's to have, or has them already.
 *
 * @param data the data directory, which may not be there yet
 */
public record PortsExamination(ListenConfiguration listen, Path data) {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    public Finding folder() throws IOException {
        if (Files.notExists(data)) {
            return Finding.ok(Subject.DATA, data + " will be made by the first start");
        }
        if (!Files.isDirectory(data) || !Files.isWritable(data)) {
            return Finding.fail(Subject.DATA, data + " can't be written", "Run as its owner, or name another one.");
        }
        boolean open = Files.getPosixFilePermissions(data).stream().anyMatch(OTHERS::contains);
        return open
                ? Finding.warn(Subject.DATA, data + " is open to other users", "chmod 700 " + data)
                : Finding.ok(Subject.DATA, data.toString());
    }

    public Finding ports() throws IOException {
        Optional<String> server = DataDirectory.holder(data);
        List<String> faults = Ports.faults(listen);
        if (server.isPresent()) {
            int taken = faults.size();
            return taken > 0
                    ? Finding.ok(Subject.PORTS, "the server runs (process " + server.get() + ")")
                    : Finding.warn(
                            Subject.PORTS,
                            "the server runs (process " + server.get() + "), and has other ports than these",
                            "Give the options that it was started with.");
        }
        if (faults.isEmpty()) {
            return Finding.ok(
                    Subject.PORTS,
                    "%d to %d, all %d free"
                            .formatted(
                                    listen.port(Service.SMTP), listen.port(Service.WEBADMIN), Service.values().length));
        }
        boolean forbidden = faults.stream().anyMatch(fault -> fault.contains("Permission denied"));
        return Finding.fail(
                Subject.PORTS,
                String.join(" ", faults),
                forbidden
                        ? "Ports below 1024 need the right to: AmbientCapabilities=CAP_NET_BIND_SERVICE of systemd, or"
                                + " sysctl net.ipv4.ip_unprivileged_port_start=25."
                        : "Stop what has them (ss -ltnp shows it), or choose others with --port-offset.");
    }
}
