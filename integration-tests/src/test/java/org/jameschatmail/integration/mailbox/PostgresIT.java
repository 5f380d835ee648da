package org.jameschatmail.integration.mailbox;

import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.PostgresDatabases;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;

/** A server on PostgreSQL: accounts and mail stay when it ends, in order or by a power cut. */
class PostgresIT {
    @Test
    void accountsAndMailShouldStayWhenTheServerEnds() {
        ServerSettings settings =
                ServerSettings.forDomain("chat.localhost").set("store.url", PostgresDatabases.create());
        try (ChatmailServer server = ChatmailServer.start(settings)) {
            MailAccount alice = MailAccount.create(server);
            MailAccount bob = MailAccount.create(server);
            send(alice, bob);
            assertMessages(bob, 1);

            server.restart();
            assertMessages(bob, 1);
            send(alice, bob);

            server.kill();
            server.restart();
            assertMessages(bob, 2);
        }
    }

    private static void send(MailAccount sender, MailAccount recipient) {
        try (SmtpDialogue smtp = sender.submission()) {
            smtp.send(
                    sender.address(),
                    recipient.address(),
                    EncryptedMail.from(sender.address()).text(),
                    "250");
        }
    }

    private static void assertMessages(MailAccount account, int count) {
        try (ImapDialogue imap = account.imap()) {
            imap.with("count", Integer.toString(count)).play("""
                    C: a1 STATUS INBOX (MESSAGES)
                    S: * STATUS "INBOX" (MESSAGES ${count})
                    S: a1 OK
                    """);
        }
    }
}
