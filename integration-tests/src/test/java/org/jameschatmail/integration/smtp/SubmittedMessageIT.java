package org.jameschatmail.integration.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.account.MailAccount.StoredMessage;
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

/** What is submitted: which messages are taken, and what of them reaches a mailbox. */
class SubmittedMessageIT {
    @RegisterExtension
    static final ChatmailServerExtension SERVER =
            new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost"));

    private MailAccount sender;
    private MailAccount recipient;

    @BeforeEach
    void createAccounts() {
        ChatmailServer server = SERVER.server();
        sender = MailAccount.create(server);
        recipient = MailAccount.create(server);
    }

    /** Sends to the recipient and checks the reply after the final dot. */
    private void submit(String mail, String reply) {
        submit(sender.address(), mail, reply);
    }

    private void submit(String envelopeSender, String mail, String reply) {
        try (SmtpDialogue smtp = sender.submission()) {
            smtp.send(envelopeSender, recipient.address(), mail, reply).play("""
                    # The connection is in step: what came behind the dot was no command.
                    C: VRFY step
                    S: 252
                    """);
        }
    }

    private EncryptedMail encryptedMail() {
        return EncryptedMail.from(sender.address());
    }

    @Test
    void nullSenderShouldBeAcceptedWhenFromIsTheLogin() {
        submit("", encryptedMail().text(), "250");

        assertThat(recipient.awaitMessage(1).header()).contains("From: <" + sender.address() + ">");
    }

    @Test
    void nullSenderShouldBeRefusedWhenFromIsAnother() {
        submit(
                "",
                EncryptedMail.from(recipient.address()).text(),
                "500 Invalid FROM <%s> for <%s>".formatted(recipient.address(), sender.address()));
    }

    @Test
    void messageShouldBeRefusedWhenFromIsAnother() {
        submit(
                EncryptedMail.from(recipient.address()).text(),
                "500 Invalid FROM <%s> for <%s>".formatted(recipient.address(), sender.address()));
    }

    @Test
    void messageShouldBeRefusedWhenItHasNoFrom() {
        submit(
                encryptedMail().withoutHeader("From").text(),
                "500 Invalid FROM <> for <%s>".formatted(sender.address()));
    }

    @Test
    void messageShouldBeRefusedWhenItHasTwoFroms() {
        submit(encryptedMail().withHeader("From: <" + sender.address() + ">").text(), "500 Invalid FROM ");
    }

    @Test
    void messageShouldBeRefusedWhenItHasTwoContentTypes() {
        submit(encryptedMail().withHeader("Content-Type: text/plain").text(), "500 ");
    }

    @Test
    void messageShouldBeAcceptedWhenFromDiffersInCaseAlone() {
        String from = sender.address().replace("ac1", "AC1").replace("chat", "Chat");
        submit(EncryptedMail.from(from).text(), "250");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\n",
                "\\n.\\n",
                "\\n.\\nMAIL FROM:<smuggled@peer.example>",
                "\\r",
                "\\r.\\r",
                "\\r.\\rMAIL FROM:<smuggled@peer.example>",
                "\\r\\n.\\nMAIL FROM:<smuggled@peer.example>",
                "\\n.\\r\\nMAIL FROM:<smuggled@peer.example>",
                "\\r\\n.\\rMAIL FROM:<smuggled@peer.example>",
                "\\r\\r\\n.\\n"
            })
    void messageShouldBeRefusedWholeWhenALineBreakIsBare(String hostile) {
        submit(encryptedMail().text() + hostile, "500 ");

        assertThat(recipient.messageCount()).isZero();
    }

    @Test
    void messageShouldBeRefusedWhenItIsInClear() {
        submit(
                """
                From: <%s>
                To: <%s>
                Subject: hello
                Content-Type: text/plain

                in clear
                """.formatted(sender.address(), recipient.address()).replace("\n", "\r\n"),
                "523 Encryption Needed: Invalid Unencrypted Mail");
    }

    @Test
    void messageShouldBeRefusedWhenItIsAnAutocryptSetupMessage() {
        String armored = String.join("\r\n", encryptedMail().body()).replaceAll("(?s).*(-----BEGIN.*-----).*", "$1");
        submit(
                """
                From: <%1$s>
                To: <%1$s>
                Subject: Autocrypt Setup Message
                Autocrypt-Setup-Message: v1
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="asm"

                --asm
                Content-Type: text/plain

                This message carries a key.

                --asm
                Content-Type: application/autocrypt-setup

                <html><body><pre>
                %2$s
                </pre></body></html>

                --asm--
                """.formatted(sender.address(), armored).replaceAll("\r?\n", "\r\n"),
                "523 Encryption Needed: Invalid Unencrypted Mail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vc-request", "vg-request"})
    void messageShouldBeAcceptedWhenItIsASecureJoinRequest(String request) {
        submit("""
                From: <%1$s>
                Secure-Join: %2$s
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="sj"

                --sj
                Content-Type: text/plain; charset="utf-8"

                Secure-Join: %2$s

                --sj--
                """.formatted(sender.address(), request).replace("\n", "\r\n"), "250");

        assertThat(recipient.awaitMessage(1).lines()).contains("Secure-Join: " + request);
    }

    @Test
    void messageShouldBeRefusedWhenNoRecipientExists() {
        try (SmtpDialogue smtp = sender.submission()) {
            smtp.with("mail", encryptedMail().text()).play("""
                    C: MAIL FROM:<${sender}>
                    C: RCPT TO:<nobody_01@chat.localhost>
                    C: RCPT TO:<nobody_02@chat.localhost>
                    C: DATA
                    S: 250
                    S: 250
                    S: 250
                    S: 354
                    C: ${mail}
                    C: .
                    S: 550 5.1.1
                    """);
        }
        assertThat(sender.messageCount()).isZero();
    }

    @Test
    void recipientShouldBeRefusedWhenItsLocalpartHoldsAnAt() {
        try (SmtpDialogue smtp = sender.submission()) {
            smtp.play("""
                    C: MAIL FROM:<${sender}>
                    S: 250
                    C: RCPT TO:<"a@b"@chat.localhost>
                    S: 553 5.1.3
                    """);
        }
    }

    @Test
    void senderShouldGetABounceWhenSomeRecipientsDoNotExist() {
        EncryptedMail mail = encryptedMail();
        try (SmtpDialogue smtp = sender.submission()) {
            smtp.with("recipient", recipient.address())
                    .with("mail", mail.text())
                    .play("""
                    C: MAIL FROM:<${sender}>
                    C: RCPT TO:<nobody_01@chat.localhost>
                    C: RCPT TO:<${recipient}>
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

        assertThat(recipient.awaitMessage(1).lines()).contains("Message-ID: <" + mail.messageId() + ">");
        StoredMessage bounce = sender.awaitMessage(1);
        assertThat(bounce.header())
                .contains("Return-Path: <>")
                .anyMatch(line -> line.startsWith("From: ") && line.contains("mailer-daemon@chat.localhost"))
                .anyMatch(line -> line.startsWith("Content-Type: multipart/report"));
        assertThat(bounce.text()).contains("report-type=delivery-status");
        assertThat(bounce.body())
                .contains("Final-Recipient: rfc822; nobody_01@chat.localhost", "Action: failed", "Status: 5.1.1")
                .anyMatch(line -> line.startsWith("Content-Type: message/delivery-status"))
                .anyMatch(line -> line.startsWith("Content-Type: text/rfc822-headers"));
        int lastPart = bounce.text().indexOf("Content-Type: text/rfc822-headers");
        assertThat(bounce.text().substring(lastPart)).contains("Message-ID: <" + mail.messageId() + ">");
        assertThat(bounce.text()).doesNotContain(recipient.address());
    }

    @Test
    void storedMessageShouldTellNothingOfTheClientWhenItsMailProgramDid() {
        submit(
                encryptedMail()
                        .withHeader("""
                                Received: from [127.0.0.1] by phone.example
                                X-Originating-IP: 127.0.0.1
                                X-Mailer: Mailer 1
                                User-Agent: Agent 1
                                DKIM-Signature: v=1; d=peer.example
                                Authentication-Results: peer.example; dkim=pass
                                """)
                        .withoutHeader("Subject")
                        .withHeader("Subject: what we talk about")
                        .text(),
                "250");

        StoredMessage stored = recipient.awaitMessage(1);

        assertThat(stored.header())
                .contains("Subject: [...]")
                .noneMatch(
                        line -> line.matches(
                                "(?i)(Received|X-Originating-IP|X-Mailer|User-Agent|DKIM-Signature|Authentication-Results):.*"));
        assertThat(stored.text()).doesNotContain("127.0.0.1").doesNotContain("what we talk about");
    }

    @Test
    void storedMessageShouldHaveNoSubjectWhenItHadNone() {
        submit(encryptedMail().withoutHeader("Subject").text(), "250");

        assertThat(recipient.awaitMessage(1).header())
                .contains("Chat-Version: 1.0")
                .noneMatch(line -> line.startsWith("Subject:"));
    }

    @Test
    void storedBodyShouldBeAsSentWhenItsPartsHaveHeaders() {
        EncryptedMail mail = encryptedMail().withPartHeader("""
                Subject: of the part
                Received: in the part
                User-Agent: in the part
                X-Mailer: in the part
                """);
        submit(mail.text(), "250");

        assertThat(recipient.awaitMessage(1).body()).isEqualTo(mail.body());
    }
}
