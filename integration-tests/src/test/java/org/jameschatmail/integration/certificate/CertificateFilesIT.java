package org.jameschatmail.integration.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.network.CertificateAuthority;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tls.mode=files}: another program exchanges the files under a running server. */
class CertificateFilesIT {
    @TempDir
    Path folder;

    private void install(CertificateAuthority authority, String subject) throws IOException {
        authority.issue(subject, "chat.example");
        Files.copy(authority.key(subject), folder.resolve("privkey.pem"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                authority.certificate(subject), folder.resolve("fullchain.pem"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void changedFilesShouldBeTakenUpWithinAMinuteAndNoConnectionBeDropped() throws Exception {
        CertificateAuthority authority =
                CertificateAuthority.create(Files.createDirectory(folder.resolve("authority")), "root");
        install(authority, "first");
        ServerSettings settings = ServerSettings.forDomain("chat.example")
                .set("tls.mode", "files")
                .set("tls.certificate", folder.resolve("fullchain.pem").toString())
                .set("tls.private-key", folder.resolve("privkey.pem").toString());
        try (ChatmailServer server = ChatmailServer.start(settings)) {
            MailAccount account = MailAccount.create(server);
            try (ImapDialogue idle = account.imap();
                    SmtpDialogue smtp = account.submission()) {
                idle.play("""
                        C: a SELECT INBOX
                        S* a OK
                        C: b IDLE
                        S: +
                        """);
                install(authority, "second");
                Deadline minute = Deadline.after(Duration.ofMinutes(1));
                for (int port : new int[] {
                    server.ports().imaps(),
                    server.ports().submissions(),
                    server.ports().https()
                }) {
                    while (!PresentedCertificate.at(port)
                            .getSubjectX500Principal()
                            .getName()
                            .equals("CN=second")) {
                        assertThat(minute.hasPassed()).as(server.logTail()).isFalse();
                    }
                }

                smtp.send(
                        account.address(),
                        account.address(),
                        EncryptedMail.from(account.address()).text(),
                        "250");
                idle.play("S* * 1 EXISTS\n");
            }
        }
    }
}
