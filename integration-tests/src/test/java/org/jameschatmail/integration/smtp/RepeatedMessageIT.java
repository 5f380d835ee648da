package org.jameschatmail.integration.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.PostedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A message that is sent once more, as one does who hasn't read the 250. */
class RepeatedMessageIT {
    private static final String PEER = "ac1_peer1@peer.example";

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(
            ServerSettings.forDomain("chat.localhost").set("incoming.dkim", "off"));

    private MailAccount sender;
    private MailAccount recipient;

    private static ChatmailServer server() {
        return SERVER.server();
    }

    @BeforeEach
    void createAccounts() {
        sender = MailAccount.create(server());
        recipient = MailAccount.create(server());
    }

    private void submit(EncryptedMail mail, String to) {
        try (SmtpDialogue smtp = sender.submission()) {
            smtp.send(sender.address(), to, mail.text(), "250");
        }
    }

    private void bring(EncryptedMail mail) {
        try (SmtpDialogue smtp = SmtpDialogue.startTls(server().ports().smtp()).play("""
                C: EHLO peer.example
                S? 250 .*
                """)) {
            smtp.send(PEER, recipient.address(), mail.text(), "250");
        }
    }

    @Test
    void submittedMessageShouldArriveOnceWhenItIsRepeated() {
        EncryptedMail mail = EncryptedMail.from(sender.address());
        submit(mail, recipient.address());

        submit(mail, recipient.address());

        assertThat(recipient.messageCount()).isEqualTo(1);
    }

    @Test
    void submittedMessageShouldArriveWhenItIsRepeatedForAnother() {
        EncryptedMail mail = EncryptedMail.from(sender.address());
        submit(mail, recipient.address());
        MailAccount another = MailAccount.create(server());

        submit(mail, another.address());

        assertThat(another.messageCount()).isEqualTo(1);
    }

    @Test
    void submittedMessageShouldArriveTwiceWhenItHasNoMessageId() {
        EncryptedMail mail = EncryptedMail.from(sender.address()).withoutHeader("Message-ID");
        submit(mail, recipient.address());

        submit(mail, recipient.address());

        assertThat(recipient.messageCount()).isEqualTo(2);
    }

    @Test
    void incomingMessageShouldArriveOnceWhenItIsRepeatedByTheOtherDoorAfterAKill() {
        EncryptedMail mail = EncryptedMail.from(PEER);
        bring(mail.withHeader("Received: from a.example by b.example; Mon, 02 Nov 2026 10:00:00 +0000"));
        server().kill();
        server().restart();

        PostedMail posted = PostedMail.from(PEER).to(recipient.address());

        assertThat(posted.post(server().ports().https(), mail.text() + "\r\n").statusCode())
                .isEqualTo(200);
        assertThat(recipient.messageCount()).isEqualTo(1);
    }

    @Test
    void incomingMessageShouldArriveTwiceWhenItsBodyDiffers() {
        EncryptedMail mail = EncryptedMail.from(PEER);
        bring(mail);

        bring(mail.withPartHeader("Content-Description: another"));

        assertThat(recipient.messageCount()).isEqualTo(2);
    }
}
