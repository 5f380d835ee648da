package org.jameschatmail.integration.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.PostedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What senders hear when a mailbox has no room for their message. */
class FullMailboxIT {
    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost")
            .set("incoming.dkim", "off")
            .set("quota.storage", "3000")
            .set("send.rate.per-minute", "0"));

    private MailAccount sender;
    private MailAccount full;

    @BeforeEach
    void fillAMailbox() {
        sender = MailAccount.create(SERVER.server());
        full = MailAccount.create(SERVER.server());
        int length = EncryptedMail.from(full.address()).text().length();
        try (SmtpDialogue smtp = full.submission()) {
            for (int size = 2 * length; size < 3000; size += length) {
                String another = EncryptedMail.from(full.address()).text();
                smtp.send(full.address(), full.address(), another, "250");
            }
        }
    }

    private SmtpDialogue submission() {
        return sender.submission()
                .with("full", full.address())
                .with(
                        "mail",
                        EncryptedMail.from(sender.address())
                                .withHeader("X-Filler: " + "x".repeat(900))
                                .text());
    }

    @Test
    void messageShouldBeRefusedWhenItsOnlyRecipientIsFull() {
        int before = full.messageCount();
        try (SmtpDialogue smtp = submission()) {
            smtp.play("""
                    C: MAIL FROM:<${sender}>
                    C: RCPT TO:<${full}>
                    C: DATA
                    S: 250
                    S: 250
                    S: 354
                    C: ${mail}
                    C: .
                    S: 552 5.2.2
                    """);
        }
        assertThat(full.messageCount()).isEqualTo(before);
    }

    @Test
    void messageShouldReachTheOthersAndBounceWhenOneOfThemIsFull() {
        MailAccount other = MailAccount.create(SERVER.server());
        try (SmtpDialogue smtp = submission()) {
            smtp.with("other", other.address()).play("""
                    C: MAIL FROM:<${sender}>
                    C: RCPT TO:<${full}>
                    C: RCPT TO:<${other}>
                    C: DATA
                    S: 250
                    S: 250
                    S: 250
                    S: 354
                    C: ${mail}
                    C: .
                    S: 250
                    """);
        }

        assertThat(other.awaitMessage(1).header()).contains("From: <" + sender.address() + ">");
        assertThat(sender.awaitMessage(1).text())
                .contains("multipart/report")
                .contains("Final-Recipient: rfc822; " + full.address())
                .contains("Status: 5.2.2");
    }

    /** The innocent address is one of ours, for there a bounce would be seen. */
    @Test
    void bounceShouldGoToNobodyWhenTheEnvelopeSenderIsNotTheAuthor() {
        MailAccount other = MailAccount.create(SERVER.server());
        String peer = "ac1_peer1@peer.example";
        String mail = EncryptedMail.from(peer)
                .withHeader("X-Filler: " + "x".repeat(900))
                .text();
        try (SmtpDialogue smtp = SmtpDialogue.startTls(SERVER.server().ports().smtp())) {
            smtp.with("innocent", sender.address())
                    .with("full", full.address())
                    .with("other", other.address())
                    .with("mail", mail)
                    .play("""
                            C: EHLO peer.example
                            S? 250 .*
                            C: MAIL FROM:<${innocent}>
                            C: RCPT TO:<${full}>
                            C: RCPT TO:<${other}>
                            C: DATA
                            S: 250
                            S: 250
                            S: 250
                            S: 354
                            C: ${mail}
                            C: .
                            S: 250
                            """);
        }
        assertThat(other.awaitMessage(1).header()).contains("Return-Path: <>", "From: <" + peer + ">");

        // The first bounce that comes is of the innocent's own message, which was sent later.
        messageShouldReachTheOthersAndBounceWhenOneOfThemIsFull();
        assertThat(sender.awaitMessage(1).text()).doesNotContain(peer);
        assertThat(sender.messageCount()).isOne();
    }

    @Test
    void usageShouldBeRightAtOnceWhenAMessageWasDelivered() {
        String before = usage();
        try (SmtpDialogue smtp = submission()) {
            smtp.play("""
                    C: MAIL FROM:<${sender}>
                    C: RCPT TO:<${sender}>
                    C: DATA
                    S: 250
                    S: 250
                    S: 354
                    C: ${mail}
                    C: .
                    S: 250
                    """);
        }
        assertThat(before).isEqualTo("0");
        assertThat(usage()).isNotEqualTo("0");
    }

    /** The sender's, in units of 1024 octets. */
    private String usage() {
        try (ImapDialogue imap = sender.imap()) {
            imap.play("""
                    C: a1 GETQUOTAROOT INBOX
                    S? .*STORAGE (?<used>[0-9]+) [0-9]+.*
                    S* a1 OK
                    """);
            return imap.variable("used");
        }
    }

    @Test
    void postedMessageShouldBeRefusedForAllWhenOneOfItsRecipientsIsFull() {
        int before = full.messageCount();
        String peer = "ac1_peer1@peer.example";
        String mail = EncryptedMail.from(peer)
                .withHeader("X-Filler: " + "x".repeat(900))
                .text();
        PostedMail toOne = PostedMail.from(peer).to(sender.address());
        int port = SERVER.server().ports().https();

        HttpResponse<String> response = toOne.to(full.address()).post(port, mail);

        assertThat(response.body()).isEqualTo("552 5.2.2 Mailbox is full\n");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(full.messageCount()).isEqualTo(before);
        assertThat(sender.messageCount()).isZero();
        assertThat(toOne.post(port, mail).statusCode()).isEqualTo(200);
        assertThat(sender.messageCount()).isEqualTo(1);
    }
}
