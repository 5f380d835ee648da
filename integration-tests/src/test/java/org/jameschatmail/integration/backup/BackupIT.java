package org.jameschatmail.integration.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.Distribution.CommandResult;
import org.jameschatmail.integration.server.Folders;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code chatmail backup} of a server under load, and {@code chatmail restore} after its data are gone. */
class BackupIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private CommandResult command(ChatmailServer server, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(more));
        List<String> run = server.runArguments();
        arguments.addAll(run.subList(1, run.size()));
        return server.distribution().command(PATIENCE, Map.of(), arguments.toArray(String[]::new));
    }

    private static void send(SmtpDialogue smtp, MailAccount from, MailAccount to) {
        smtp.send(
                from.address(), to.address(), EncryptedMail.from(from.address()).text(), "250");
    }

    @Test
    @DisabledIfSystemProperty(
            named = "chatmail.store",
            matches = "postgresql",
            disabledReason = "A database elsewhere is backed up with its own tools")
    void whatWasAcknowledgedBeforeTheBackupShouldBeThereWhenAllElseIsLost() throws Exception {
        Path file = folder.resolve("backup.zip");
        ServerSettings settings = ServerSettings.forDomain("chat.example").set("send.rate.per-minute", "0");
        try (ChatmailServer server = ChatmailServer.start(settings)) {
            MailAccount alice = MailAccount.create(server);
            MailAccount bob = MailAccount.create(server);
            String token = server.adminToken();
            AtomicInteger acknowledged = new AtomicInteger();
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
                try (SmtpDialogue smtp = alice.submission()) {
                    while (!enough.get()) {
                        send(smtp, alice, bob);
                        acknowledged.incrementAndGet();
                    }
                }
            });
            while (acknowledged.get() < 20) {
                assertThat(load).isNotDone();
            }
            int before = acknowledged.get();
            CommandResult written = command(server, "backup", file.toString());
            enough.set(true);
            load.join();

            assertThat(written.exitStatus())
                    .as(String.join("\n", written.output()))
                    .isZero();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(command(server, "backup", file.toString()).output())
                    .anyMatch(line -> line.contains("is there already"));
            assertThat(command(server, "restore", file.toString()).output())
                    .anyMatch(line -> line.contains("Another server"));

            server.stop();
            assertThat(command(server, "restore", file.toString()).output())
                    .anyMatch(line -> line.contains("isn't empty"));
            lose(server.dataDirectory());
            CommandResult restored = command(server, "restore", file.toString());
            assertThat(restored.exitStatus())
                    .as(String.join("\n", restored.output()))
                    .isZero();

            server.restart();
            assertThat(server.adminToken()).isEqualTo(token);
            assertThat(bob.messageCount()).isBetween(before, acknowledged.get());
            try (SmtpDialogue smtp = alice.submission()) {
                send(smtp, alice, bob);
            }
        }
    }

    private static void lose(Path data) throws IOException {
        Folders.delete(data);
        Files.createDirectory(data);
    }

    @Test
    void backupShouldBeMadeWithoutTheServerToo() throws Exception {
        Path file = folder.resolve("backup.zip");
        try (ChatmailServer server = ChatmailServer.start(ServerSettings.forDomain("chat.example"))) {
            server.stop();
            CommandResult written = command(server, "backup", file.toString());
            assertThat(written.exitStatus())
                    .as(String.join("\n", written.output()))
                    .isZero();

            CommandResult foreign = server.distribution()
                    .command(
                            PATIENCE,
                            Map.of(),
                            "restore",
                            file.toString(),
                            "--domain",
                            "other.example",
                            "--data",
                            folder.resolve("data").toString());
            assertThat(foreign.exitStatus()).isEqualTo(1);
            assertThat(foreign.output()).anyMatch(line -> line.contains("is of the domain chat.example"));
        }
        Path rubbish = Files.writeString(folder.resolve("rubbish.zip"), "no zip");
        try (ChatmailServer server = ChatmailServer.start(ServerSettings.forDomain("chat.example"))) {
            server.stop();
            lose(server.dataDirectory());
            assertThat(command(server, "restore", rubbish.toString()).output())
                    .anyMatch(line -> line.contains("isn't a backup"));
            assertThat(command(server, "backup", folder.resolve("none.zip").toString())
                            .output())
                    .anyMatch(line -> line.contains("nothing to back up"));
        }
    }
}
