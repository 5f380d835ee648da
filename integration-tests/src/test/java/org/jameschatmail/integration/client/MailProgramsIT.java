package org.jameschatmail.integration.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** curl, mbsync, neomutt and fetchmail read a mailbox, and change it. */
class MailProgramsIT {
    private static final int MESSAGES = 3;

    @RegisterExtension
    static final ChatmailServerExtension SERVER =
            new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost"));

    @TempDir
    private Path home;

    private final List<String> messageIds = new ArrayList<>();
    private MailAccount account;
    private MailProgram program;

    @BeforeEach
    void deliver() {
        program = new MailProgram(home);
        account = MailAccount.create(SERVER.server());
        try (SmtpDialogue smtp = account.submission()) {
            for (int i = 0; i < MESSAGES; i++) {
                EncryptedMail mail = EncryptedMail.from(account.address());
                messageIds.add(mail.messageId());
                smtp.with("mail", mail.text()).play("""
                        C: MAIL FROM:<${sender}>
                        S: 250
                        C: RCPT TO:<${sender}>
                        S: 250
                        C: DATA
                        S: 354
                        C: ${mail}
                        C: .
                        S: 250
                        """);
            }
        }
    }

    @Test
    void curlShouldReadEachMessage() throws Exception {
        String inbox = "imaps://127.0.0.1:" + account.server().ports().imaps() + "/INBOX";
        Path settings = program.write("curlrc", "user = \"" + account.address() + ":" + account.password() + "\"\n");
        for (int uid = 1; uid <= MESSAGES; uid++) {
            assertThat(program.run("curl", "-sS", "-k", "-K", settings.toString(), inbox + ";UID=" + uid))
                    .contains(messageIds.get(uid - 1));
        }
        assertThat(program.run("curl", "-sS", "-k", "-K", settings.toString(), "-X", "SEARCH ALL", inbox))
                .startsWith("* SEARCH 1 2 3");
    }

    @Test
    void mbsyncShouldKeepBothSidesAlike() throws Exception {
        Files.createDirectories(home.resolve("mail"));
        Path settings = program.write("mbsyncrc", """
                IMAPAccount chatmail
                Host 127.0.0.1
                Port %d
                User %s
                Pass "%s"
                SSLType IMAPS
                CertificateFile %s

                IMAPStore far
                Account chatmail

                MaildirStore near
                Path %s/
                Inbox %s

                Channel inbox
                Far :far:
                Near :near:
                Patterns INBOX
                Create Near
                Expunge Both
                SyncState *
                """.formatted(
                        account.server().ports().imaps(),
                        account.address(),
                        account.password(),
                        account.server().dataDirectory().resolve("tls/certificate.pem"),
                        home.resolve("mail"),
                        home.resolve("mail/inbox")));

        program.run("mbsync", "-c", settings.toString(), "inbox");
        assertThat(maildir()).hasSize(MESSAGES);

        Files.delete(maildir().get(0));
        program.run("mbsync", "-c", settings.toString(), "inbox");

        assertThat(maildir()).hasSize(MESSAGES - 1);
        assertThat(account.messageCount()).isEqualTo(MESSAGES - 1);
    }

    private List<Path> maildir() throws IOException {
        try (Stream<Path> fresh = Files.list(home.resolve("mail/inbox/new"));
                Stream<Path> seen = Files.list(home.resolve("mail/inbox/cur"))) {
            return Stream.concat(fresh, seen).toList();
        }
    }

    /** It draws on a terminal, which {@code script} pretends to be. */
    @Test
    void neomuttShouldTakeOneAway() throws Exception {
        Path taken = home.resolve("taken");
        Path settings = program.write("neomuttrc", """
                set imap_user = "%s"
                set imap_pass = "%s"
                set ssl_force_tls = yes
                set ssl_verify_host = no
                set certificate_file = "%s"
                set spoolfile = "imaps://127.0.0.1:%d/INBOX"
                set mbox_type = mbox
                set confirmcreate = no
                set delete = yes
                set wait_key = no
                set quit = yes
                push "<first-entry><save-message>=taken<enter><sync-mailbox><quit>"
                set folder = "%s"
                """.formatted(
                        account.address(),
                        account.password(),
                        account.server().dataDirectory().resolve("tls/certificate.pem"),
                        account.server().ports().imaps(),
                        home));

        program.run("script", "-qec", "neomutt -n -F " + settings, "/dev/null");

        assertThat(Files.readString(taken)).contains("Message-ID: <" + messageIds.get(0) + ">");
        assertThat(account.messageCount()).isEqualTo(MESSAGES - 1);
    }

    @Test
    void fetchmailShouldTakeAllAway() throws Exception {
        Path taken = home.resolve("taken");
        Path settings = program.write("fetchmailrc", """
                poll 127.0.0.1 protocol IMAP port %d
                  user "%s" password "%s"
                  ssl sslproto 'auto' no sslcertck
                  fetchall
                  mda "cat >> %s"
                """.formatted(
                        account.server().ports().imaps(), account.address(), account.password(), taken));

        program.run("fetchmail", "-f", settings.toString());

        assertThat(Files.readString(taken)).contains(messageIds);
        assertThat(account.messageCount()).isZero();
    }
}
