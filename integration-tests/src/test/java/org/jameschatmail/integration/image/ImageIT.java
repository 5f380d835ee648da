package org.jameschatmail.integration.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.deltachat.DeltaChatAccount;
import org.jameschatmail.integration.deltachat.DeltaChatCore;
import org.jameschatmail.integration.server.Distribution;
import org.jameschatmail.integration.server.Folders;
import org.jameschatmail.integration.server.ServerPorts;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.jameschatmail.integration.wire.TrustAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The image of packaging/Dockerfile, built and run as compose.yaml runs it: no privilege, nothing writable but /data. */
@EnabledIfSystemProperty(named = "chatmail.tests.image", matches = "true")
class ImageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String BASE = "localhost/debian-with-java";
    private static final String IMAGE = "localhost/chatmail";
    private static final String ONE_MESSAGE = """
            C: s SELECT INBOX
            S* * 1 EXISTS
            S* s OK
            """;
    private static final String CONTAINER = "chatmail";

    private final ServerPorts ports = ServerPorts.free();
    private Podman podman;

    @BeforeEach
    void build() throws Exception {
        Path target = Files.createDirectories(Path.of("target/image").toAbsolutePath());
        podman = new Podman(Folders.createTemporary("chatmail-podman-"));
        podman.succeed("import", Podman.debianWithJava(target).toString(), BASE);
        Path home = Distribution.unpacked().home();
        List<String> arguments = new ArrayList<>(List.of("--format", "docker", "--network", "none"));
        arguments.addAll(Podman.limits());
        arguments.addAll(List.of("--build-arg", "BASE=" + BASE, "-t", IMAGE));
        arguments.addAll(List.of("-f", home.resolve("packaging/Dockerfile").toString(), home.toString()));
        String built = podman.succeed("build", arguments.toArray(String[]::new));
        assertThat(built).doesNotContain("wrote no class-data archive");
    }

    @AfterEach
    void remove() {
        podman.run("rm", List.of("--force", CONTAINER));
        podman.run("volume", List.of("rm", "--all", "--force"));
        podman.run("rmi", List.of("--all", "--force"));
        Folders.delete(podman.store());
    }

    private void start() {
        List<String> arguments = new ArrayList<>(List.of("--detach", "--name", CONTAINER, "--network", "host"));
        arguments.addAll(List.of("--read-only", "--tmpfs", "/tmp:rw,exec,mode=1777,size=128m", "--cap-drop", "ALL"));
        arguments.addAll(List.of("--security-opt", "no-new-privileges", "--volume", "chatmail-data:/data"));
        arguments.addAll(Podman.limits());
        arguments.addAll(setting("CHATMAIL_DOMAIN", "chat.localhost"));
        arguments.addAll(setting("CHATMAIL_BIND_ADDRESS", "127.0.0.1"));
        arguments.addAll(setting("CHATMAIL_PORT_OFFSET", String.valueOf(ports.offset())));
        arguments.addAll(setting("CHATMAIL_PUSH_URL", ""));
        arguments.addAll(setting("CHATMAIL_REGISTRATION_GUARD_LOAD", "0"));
        arguments.add(IMAGE);
        podman.succeed("run", arguments.toArray(String[]::new));
        awaitReady();
    }

    private static List<String> setting(String name, String value) {
        return List.of("--env", name + "=" + value);
    }

    private void awaitReady() {
        Deadline deadline = Deadline.after(PATIENCE);
        String log = podman.succeed("logs", CONTAINER);
        while (!log.contains("READY chat.localhost")) {
            assertThat(deadline.hasPassed()).as(log).isFalse();
            log = podman.succeed("logs", CONTAINER);
        }
    }

    @Test
    void imageShouldServeWithoutPrivilegesAndKeepItsData() {
        start();
        String address = "ac1_image@chat.localhost";
        String mail = EncryptedMail.from(address).text();
        try (ImapDialogue imap = login(address);
                SmtpDialogue smtp = SmtpDialogue.tls(ports.submissions())) {
            smtp.play("S: 220").authenticate(address, "a password of mine").send(address, address, mail, "250");
            imap.play(ONE_MESSAGE);
        }
        assertThat(podman.run("healthcheck", List.of("run", CONTAINER)).status())
                .isZero();
        assertThat(inside("id -u").strip()).isEqualTo("10025");
        assertThat(inside("touch /opt/chatmail/conf/x /etc/x 2>&1 || true")).contains("Read-only file system");
        assertThat(inside("grep CapEff /proc/1/status")).containsPattern("CapEff:\\s+0{16}");
        assertThat(inside("ls -l /data/admin-token")).startsWith("-rw-------");

        podman.succeed("stop", "--time", "60", CONTAINER);
        assertThat(podman.succeed("inspect", "--format", "{{.State.ExitCode}}", CONTAINER)
                        .strip())
                .isIn("0", "143");
        podman.succeed("rm", CONTAINER);
        start();

        try (ImapDialogue imap = login(address)) {
            imap.play(ONE_MESSAGE);
        }
    }

    @Test
    void newcomersShouldWriteToEachOtherWithTheRealCore() throws Exception {
        start();
        try (DeltaChatCore first = DeltaChatCore.start();
                DeltaChatCore second = DeltaChatCore.start()) {
            DeltaChatAccount alice = onboarded(first);
            DeltaChatAccount bob = onboarded(second);

            int chat = bob.secureJoin(alice);
            bob.awaitDelivered(bob.send(chat, "out of the box"));

            assertThat(alice.awaitIncoming("out of the box").encrypted()).isTrue();
        }
    }

    private DeltaChatAccount onboarded(DeltaChatCore core) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + ports.https() + "/new"))
                .POST(BodyPublishers.noBody())
                .build();
        String offer =
                TrustAll.httpClient().send(request, BodyHandlers.ofString()).body();
        DeltaChatAccount account = core.addAccount();
        account.onboard(new ObjectMapper().readTree(offer).path("dclogin_url").asText());
        return account;
    }

    private ImapDialogue login(String address) {
        return ImapDialogue.tls(ports.imaps()).play("S: * OK").login(address, "a password of mine");
    }

    private String inside(String command) {
        return podman.succeed("exec", CONTAINER, "sh", "-c", command);
    }
}
