package org.jameschatmail.integration.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.server.Folders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The package for Debian, installed with apt and run by systemd, as docs/install.md says. */
@EnabledIfSystemProperty(named = "chatmail.tests.image", matches = "true")
class PackageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SYSTEM = "localhost/debian-with-systemd";
    private static final String CONTAINER = "machine";
    private static final String SETTINGS = "stat -c '%a %U %G' /etc/chatmail/chatmail.properties";

    private Podman podman;

    @BeforeEach
    void boot() throws Exception {
        Path target = Files.createDirectories(Path.of("target/image").toAbsolutePath());
        podman = new Podman(Folders.createTemporary("chatmail-podman-"));
        podman.succeed("import", Podman.debianWithSystemd(target).toString(), SYSTEM);
        List<String> arguments = new ArrayList<>(List.of("--detach", "--name", CONTAINER, "--network", "none"));
        arguments.addAll(List.of("--systemd=always", "--privileged"));
        arguments.addAll(Podman.limits());
        arguments.addAll(List.of("--volume", debianPackage().getParent() + ":/packages:ro"));
        arguments.addAll(List.of(SYSTEM, "/lib/systemd/systemd"));
        podman.succeed("run", arguments.toArray(String[]::new));
        await("systemctl is-system-running", "running");
    }

    @AfterEach
    void remove() {
        podman.run("rm", List.of("--force", CONTAINER));
        podman.run("rmi", List.of("--all", "--force"));
        Folders.delete(podman.store());
    }

    private static Path debianPackage() throws Exception {
        try (Stream<Path> built = Files.list(Path.of("../assembly/target"))) {
            return built.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("-P deb makes the package"))
                    .toAbsolutePath()
                    .normalize();
        }
    }

    @Test
    void accountsAndSettingsShouldStayWhenThePackageIsExchangedAndRemoved() throws Exception {
        String file = "/packages/" + debianPackage().getFileName();
        inside("apt-get install -y " + file);
        assertThat(inside("systemctl is-active chatmail || true")).isEqualTo("inactive");
        assertThat(inside(SETTINGS)).isEqualTo("640 root chatmail");
        inside("sed -i 's/^#domain=.*/domain=chat.example/' /etc/chatmail/chatmail.properties");
        inside("chatmail dns");
        inside("systemctl enable --now chatmail");
        await("journalctl -u chatmail --no-pager", "READY chat.example");
        assertThat(inside("journalctl -u chatmail --no-pager")).doesNotContain("dclogin:");
        inside("chatmail accounts create ac1_package@chat.example");

        inside("dpkg-deb -R " + file + " /tmp/newer && sed -i 's/^Version: .*/Version: 999/' /tmp/newer/DEBIAN/control"
                + " && dpkg-deb -b -Znone /tmp/newer /tmp/newer.deb");
        inside("apt-get install -y /tmp/newer.deb");
        await("chatmail status", "for chat.example");
        assertThat(inside(SETTINGS)).isEqualTo("640 root chatmail");
        assertThat(inside("chatmail accounts")).contains("ac1_package@chat.example");
        inside("chatmail backup /root/backup.zip");
        assertThat(inside("find /var/lib/chatmail -user root")).isEmpty();

        inside("apt-get remove -y chatmail-james");
        assertThat(inside("systemctl is-active chatmail || true")).isEqualTo("inactive");
        inside("apt-get install -y " + file);
        inside("systemctl enable --now chatmail");
        await("chatmail accounts", "ac1_package@chat.example");

        inside("apt-get purge -y chatmail-james");
        assertThat(inside("ls /etc/chatmail 2>&1 || true")).contains("No such file");
        assertThat(inside("ls /var/lib/chatmail")).contains("database");
    }

    private void await(String command, String text) {
        Deadline deadline = Deadline.after(PATIENCE);
        String answer = inside(command + " 2>&1 || true");
        while (!answer.contains(text)) {
            assertThat(deadline.hasPassed()).as(command + ": " + answer).isFalse();
            answer = inside(command + " 2>&1 || true");
        }
    }

    private String inside(String command) {
        return podman.succeed("exec", CONTAINER, "sh", "-c", command).strip();
    }
}
