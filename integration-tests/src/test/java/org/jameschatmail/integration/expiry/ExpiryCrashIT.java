package org.jameschatmail.integration.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;

/** A server that is killed (SIGKILL) while it removes old messages, a hundred in a transaction and fifty a second. */
class ExpiryCrashIT {
    private static final int MESSAGES = 350;

    private static void send(MailAccount account) {
        try (SmtpDialogue smtp = account.submission()) {
            for (int number = 0; number < MESSAGES; number++) {
                smtp.send(
                        account.address(),
                        account.address(),
                        EncryptedMail.from(account.address()).text(),
                        "250");
            }
        }
    }

    @Test
    void mailboxShouldBeConsistentWhenTheServerIsKilledInTheMiddle() {
        ServerSettings settings = ServerSettings.forDomain("chat.localhost")
                .set("retention.messages", "1s")
                .set("retention.rate", "50")
                .set("send.rate.per-minute", "0");
        try (ChatmailServer server = ChatmailServer.start(settings)) {
            MailAccount account = MailAccount.create(server);
            send(account);
            ExpiryRun run = ExpiryRun.start(server, "");
            Deadline deadline = Deadline.after(Duration.ofMinutes(2));
            while (ExpiryRun.number(run.look(), "messages") == 0 && !deadline.hasPassed()) {
                Thread.onSpinWait();
            }
            server.kill();
            server.restart();

            int left = account.messageCount();
            assertThat(left).isBetween(1, MESSAGES - 1);
            assertThatMailboxAgreesWithItself(account, left);

            ExpiryRun second = ExpiryRun.start(server, "");
            while (ExpiryRun.number(second.look(), "messages") == 0 && !deadline.hasPassed()) {
                Thread.onSpinWait();
            }
            second.cancel();
            assertThat(second.await()).contains("\"status\":\"canceled\"");
            assertThatMailboxAgreesWithItself(account, account.messageCount());
        }
    }

    /** Counts, the list of messages and the bodies belong together, and the usage is none where nothing is left. */
    private static void assertThatMailboxAgreesWithItself(MailAccount account, int messages) {
        try (ImapDialogue imap = account.imap()) {
            imap.with("count", Integer.toString(messages)).play("""
                    C: a1 STATUS INBOX (MESSAGES UNSEEN)
                    S? .*MESSAGES ${count} UNSEEN ${count}.*
                    S* a1 OK
                    C: a2 SELECT INBOX
                    S* * ${count} EXISTS
                    S* a2 OK
                    C: a3 FETCH 1:* (UID BODY.PEEK[])
                    S* a3 OK
                    """);
            assertThat(imap.transcript().stream().filter(line -> line.contains(" FETCH (")))
                    .hasSize(messages);
        }
    }
}
