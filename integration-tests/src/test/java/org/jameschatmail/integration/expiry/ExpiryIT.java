package org.jameschatmail.integration.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.admin.WebAdmin;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a server that keeps messages for a second. */
class ExpiryIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost")
            .set("retention.messages", "1s")
            .set("retention.rate", "100000")
            .set("send.rate.per-minute", "0"));

    private final MailAccount account = MailAccount.create(SERVER.server());

    private void send(int messages) {
        try (SmtpDialogue smtp = account.submission()) {
            for (int number = 0; number < messages; number++) {
                smtp.send(
                        account.address(),
                        account.address(),
                        EncryptedMail.from(account.address()).text(),
                        "250");
            }
        }
    }

    /** Runs until a message is found, which takes a second at least. */
    private static String removeSome(String query) {
        Deadline deadline = Deadline.after(PATIENCE);
        String task;
        do {
            task = ExpiryRun.start(SERVER.server(), query).await();
        } while (ExpiryRun.number(task, "messages") == 0 && !deadline.hasPassed());
        return task;
    }

    @Test
    void idlingSessionShouldHearOfMessagesThatExpire() {
        send(1);
        try (ImapDialogue imap = account.imap()) {
            imap.play("""
                    C: a1 SELECT INBOX
                    S* a1 OK
                    C: a2 IDLE
                    S: +
                    """);

            String task = removeSome("");

            imap.play("""
                    S* * 1 EXPUNGE
                    C: DONE
                    S* a2 OK
                    C: a3 GETQUOTAROOT INBOX
                    S? .*STORAGE 0 [0-9]+.*
                    S* a3 OK
                    """);
            assertThat(task).contains("\"status\":\"completed\"", "\"type\":\"chatmail-expiry\"", "\"dryRun\":false");
            assertThat(ExpiryRun.number(task, "bytes")).isPositive();
        }
        assertThat(account.messageCount()).isZero();
        String metrics = new WebAdmin(SERVER.server()).send("GET", "/metrics").body();
        assertThat(metrics).containsPattern("(?m)^chatmail_expiry_messages(_total)? [1-9]");
        assertThat(metrics)
                .contains("chatmail_expiry_octets", "chatmail_expiry_accounts", "chatmail_expiry_backlog_seconds");
        assertThat(isLogged("Expiry on demand: ")).isTrue();
    }

    private static boolean isLogged(String text) {
        Deadline deadline = Deadline.after(PATIENCE);
        while (!deadline.hasPassed()) {
            try (Stream<Path> files = Files.list(SERVER.server().dataDirectory().resolve("logs"))) {
                for (Path file : files.toList()) {
                    if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                        return true;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return false;
    }

    @Test
    void trialShouldRemoveNothing() {
        send(1);

        String task = removeSome("?dryRun=true");

        assertThat(task).contains("\"status\":\"completed\"", "\"dryRun\":true");
        assertThat(ExpiryRun.number(task, "messages")).isPositive();
    }

    @Test
    void runShouldBeRefusedWhenItIsUnclearWhetherItIsATrial() {
        assertThat(new WebAdmin(SERVER.server())
                        .send("POST", "/chatmail/expiry?dryRun=perhaps")
                        .statusCode())
                .isEqualTo(400);
    }
}
