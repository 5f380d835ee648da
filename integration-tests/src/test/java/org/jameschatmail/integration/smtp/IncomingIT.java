package org.jameschatmail.integration.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail from other servers on port 25, DKIM aside. */
class IncomingIT {
    private static final String PEER = "ac1_peer1@peer.example";

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(
            ServerSettings.forDomain("chat.localhost").set("incoming.dkim", "off"));

    private MailAccount recipient;

    private static ChatmailServer server() {
        return SERVER.server();
    }

    @BeforeEach
    void createRecipient() {
        recipient = MailAccount.create(server());
    }

    private SmtpDialogue connect() {
        return SmtpDialogue.startTls(server().ports().smtp())
                .with("recipient", recipient.address())
                .play("""
                        C: EHLO peer.example
                        S? 250 .*
                        """);
    }

    /** Brings a message and checks the reply after the final dot. */
    private void bring(String sender, String mail, String reply) {
        try (SmtpDialogue smtp = connect()) {
            smtp.send(sender, recipient.address(), mail, reply).play("""
                            # The connection is in step: what came behind the dot was no command.
                            C: VRFY step
                            S: 252
                            """);
        }
    }

    @Test
    void mailShouldBeRefusedWhenTheConnectionIsInClear() {
        try (SmtpDialogue smtp = SmtpDialogue.plain(server().ports().smtp())) {
            smtp.play("""
                    S: 220
                    C: EHLO peer.example
                    S? 250.STARTTLS
                    S? 250 .*
                    C: MAIL FROM:<a@peer.example>
                    S: 530
                    """);
        }
    }

    @Test
    void authShouldNeitherBeListedNorTakenWhenTlsIsOn() {
        try (SmtpDialogue smtp = connect()) {
            smtp.with("credentials", SmtpDialogue.credentials(recipient.address(), recipient.password()))
                    .play("""
                            C: AUTH PLAIN ${credentials}
                            S: 50
                            """);
            assertThat(smtp.transcript()).noneMatch(line -> line.matches("S: 250.AUTH.*"));
        }
    }

    @Test
    void messageShouldBeTakenFromADomainWithAnUnderscore() {
        String sender = "ac1_peer1@_test.example";

        bring(sender, EncryptedMail.from(sender).text(), "250");

        assertThat(recipient.awaitMessage(1).header()).contains("Return-Path: <" + sender + ">");
    }

    @Test
    void recipientShouldBeRefusedWhenItIsNotOurs() {
        try (SmtpDialogue smtp = connect()) {
            smtp.play("""
                    C: MAIL FROM:<a@peer.example>
                    C: RCPT TO:<b@third.example>
                    C: RCPT TO:<nobody_01@chat.localhost>
                    C: RCPT TO:<${recipient}>
                    S: 250
                    S: 550 5.7.1
                    S: 550 5.1.1
                    S: 250
                    """);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b%third.example@chat.localhost",
                "b@third.example@chat.localhost",
                "\"b@third.example\"@chat.localhost",
                "@chat.localhost:b@third.example",
                "third.example!b@chat.localhost"
            })
    void recipientShouldBeRefusedWhenItsRouteIsHidden(String hidden) {
        try (SmtpDialogue smtp = connect()) {
            smtp.with("hidden", hidden).play("""
                    C: MAIL FROM:<a@peer.example>
                    S: 250
                    C: RCPT TO:<${hidden}>
                    S: 5
                    """);
        }
    }

    @Test
    void messageShouldBeStoredWhenItIsEncrypted() {
        EncryptedMail mail = EncryptedMail.from(PEER).withHeader("""
                Received: from phone.example by peer.example
                DKIM-Signature: v=1; d=peer.example
                Authentication-Results: peer.example; dkim=pass
                """);
        bring(PEER, mail.text(), "250");

        MailAccount.StoredMessage stored = recipient.awaitMessage(1);
        assertThat(stored.header())
                .contains("Return-Path: <" + PEER + ">", "Message-ID: <" + mail.messageId() + ">")
                .noneMatch(line -> line.matches("(?i)(Received|DKIM-Signature|Authentication-Results):.*"));
        assertThat(stored.body()).isEqualTo(mail.body());
        assertThat(stored.text()).doesNotContain("127.0.0.1");
    }

    @Test
    void subjectShouldStayWhenTheMessageCameFromElsewhere() {
        EncryptedMail mail = EncryptedMail.from(PEER).withoutHeader("Subject").withHeader("Subject: Encrypted message");
        bring(PEER, mail.text(), "250");

        assertThat(recipient.awaitMessage(1).header()).contains("Subject: Encrypted message");
    }

    @Test
    void messageShouldBeRefusedWhenItIsInClear() {
        bring(PEER, """
                From: <ac1_peer1@peer.example>\r
                Subject: hello\r
                \r
                in clear""", "523 Encryption Needed: Invalid Unencrypted Mail");
        assertThat(recipient.messageCount()).isZero();
    }

    @Test
    void messageShouldBeRefusedWhenALineBreakIsBare() {
        bring(PEER, EncryptedMail.from(PEER).text() + "\\n.\\nMAIL FROM:<smuggled@peer.example>", "500 ");
    }

    @Test
    void bounceShouldBeStoredWhenItIsInClear() {
        bring("", bounce("mailer-daemon@peer.example"), "250");

        assertThat(recipient.awaitMessage(1).lines()).contains("Return-Path: <>", "Action: failed");
    }

    @Test
    void bounceShouldBeRefusedWhenNoMailerDaemonSentIt() {
        bring("", bounce("somebody@peer.example"), "523 Encryption Needed: Invalid Unencrypted Mail");
    }

    private static String bounce(String from) {
        return """
                From: Mail Delivery System <%s>
                Subject: Undelivered Mail Returned to Sender
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="dsn"

                --dsn
                Content-Type: text/plain

                Your message could not be delivered.

                --dsn
                Content-Type: message/delivery-status

                Reporting-MTA: dns; peer.example

                Final-Recipient: rfc822; nobody@peer.example
                Action: failed
                Status: 5.1.1

                --dsn--
                """.formatted(from).replace("\n", "\r\n");
    }

    @Test
    void envelopeSenderShouldBeNulledWhenFromIsAnother() {
        bring("other@peer.example", EncryptedMail.from(PEER).text(), "250");

        assertThat(recipient.awaitMessage(1).header()).contains("Return-Path: <>", "From: <" + PEER + ">");
    }

    @Test
    void vrfyShouldTellNothingWhenAskedRightAfterStartTls() {
        try (SmtpDialogue smtp = SmtpDialogue.startTls(server().ports().smtp())) {
            smtp.with("recipient", recipient.address()).play("""
                    C: VRFY ${recipient}
                    S: 252 2.0.0
                    C: VRFY nobody_01
                    S: 252 2.0.0
                    """);
        }
    }
}
