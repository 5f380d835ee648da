package org.jameschatmail.integration.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.admin.WebAdmin;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Whoever reads the disk after an account was removed finds nothing of it, in no file of the data directory. */
@DisabledIfSystemProperty(
        named = "chatmail.store",
        matches = "postgresql",
        disabledReason = "the files are those of the embedded Derby")
class NothingLeftIT {
    private static final String TOKEN = "token-of-a-phone-that-is-gone";
    private static final String MARK = "bytes-of-a-message-that-is-gone";

    @Test
    void dataDirectoryShouldHoldNothingOfARemovedAccount() {
        ServerSettings settings = ServerSettings.forDomain("chat.localhost")
                .set("retention.rate", "100000")
                .set("send.rate.per-minute", "0");
        try (ChatmailServer server = ChatmailServer.start(settings)) {
            MailAccount account = MailAccount.create(server);
            leaveTraces(account);
            List<String> traces = List.of(account.address(), TOKEN, MARK);
            assertThat(traces)
                    .allSatisfy(trace -> assertThat(filesWith(server, trace)).isNotEmpty());

            assertThat(new WebAdmin(server)
                            .send("DELETE", "/users/" + account.address())
                            .statusCode())
                    .isEqualTo(204);
            ExpiryRun.start(server, "").await();
            ExpiryRun.start(server, "").await();

            assertThat(traces)
                    .allSatisfy(trace -> assertThat(filesWith(server, trace)).isEmpty());
            server.stop();
            assertThat(traces)
                    .allSatisfy(trace -> assertThat(filesWith(server, trace)).isEmpty());
        }
    }

    private static void leaveTraces(MailAccount account) {
        try (ImapDialogue imap = account.imap()) {
            imap.with("token", TOKEN).play("""
                    C: a1 SETMETADATA INBOX (/private/devicetoken "${token}")
                    S* a1 OK
                    """);
        }
        try (SmtpDialogue smtp = account.submission()) {
            for (int number = 0; number < 20; number++) {
                EncryptedMail mail = EncryptedMail.from(account.address()).withHeader("X-Mark: " + MARK);
                smtp.send(account.address(), account.address(), mail.text(), "250");
            }
        }
    }

    private static List<Path> filesWith(ChatmailServer server, String trace) {
        byte[] bytes = trace.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(server.dataDirectory())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, bytes))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes as Latin-1, in which each is a letter. */
    private static boolean contains(Path file, byte[] bytes) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1)
                    .contains(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
