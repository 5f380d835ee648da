package org.jameschatmail.integration.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * ENABLE with a mailbox selected, which asks the database for the highest modification sequence. James' own mailboxes
 * have one connection to it for all that a session does, so that two such questions at once fail.
 */
@EnabledIfSystemProperty(named = "chatmail.tests.long", matches = "true")
class EnableWhileDeliveringIT {
    private static final int SESSIONS = 10;
    private static final int ROUNDS = 20;

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost")
            .set("store.mailbox", "jpa")
            .set("send.rate.per-minute", "0"));

    @Test
    void qresyncShouldBeEnabledWhenMessagesComeIn() {
        MailAccount reader = MailAccount.create(SERVER.server());
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> delivered = CompletableFuture.supplyAsync(() -> deliver(reader, over));
        List<String> wrong = new ArrayList<>();
        try {
            for (int i = 0; i < SESSIONS; i++) {
                wrong.addAll(enable(reader));
            }
        } finally {
            over.set(true);
        }
        assertThat(delivered.join()).isPositive();
        assertThat(wrong).isEmpty();
    }

    private static int deliver(MailAccount reader, AtomicBoolean over) {
        MailAccount sender = MailAccount.create(SERVER.server());
        String mail = EncryptedMail.from(sender.address()).text();
        int delivered = 0;
        try (SmtpDialogue smtp = sender.submission()) {
            while (!over.get()) {
                smtp.send(sender.address(), reader.address(), mail, "250");
                delivered++;
            }
        }
        return delivered;
    }

    /** The answers that aren't OK. */
    private static List<String> enable(MailAccount reader) {
        try (ImapDialogue imap = reader.imap()) {
            imap.play("""
                    C: a SELECT INBOX
                    S* a OK
                    """);
            for (int i = 0; i < ROUNDS; i++) {
                imap.play("""
                        C: b ENABLE CONDSTORE QRESYNC
                        S? b (OK|NO|BAD) .*
                        """);
            }
            return imap.transcript().stream()
                    .filter(line -> line.matches("S: (b|\\*) (NO|BAD) .*"))
                    .toList();
        }
    }
}
