package org.jameschatmail.integration.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SMTP offers and limits as it is shipped, and what it says of signatures without asking DNS. */
class ShippedSmtpIT {
    private static final String NO_VALID_SIGNATURE = "554 5.7.1 No valid DKIM signature found";

    @RegisterExtension
    static final ChatmailServerExtension SERVER =
            new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost"));

    private static ChatmailServer server() {
        return SERVER.server();
    }

    private static SmtpDialogue peer() {
        return SmtpDialogue.startTls(server().ports().smtp());
    }

    @Test
    void ehloShouldListWhatIsTrueAndNothingElse() {
        assertThat(extensions(SmtpDialogue.plain(server().ports().smtp()).play("S: 220")))
                .containsExactlyInAnyOrder(
                        "PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SIZE 31457280", "STARTTLS");
        assertThat(extensions(peer()))
                .containsExactlyInAnyOrder("PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SIZE 31457280");
        assertThat(extensions(SmtpDialogue.startTls(server().ports().submission())))
                .filteredOn(extension -> !extension.startsWith("AUTH"))
                .containsExactlyInAnyOrder("PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SIZE 31457280");
        assertThat(extensions(SmtpDialogue.tls(server().ports().submissions()).play("S: 220")))
                .contains("8BITMIME")
                .anyMatch(extension -> extension.startsWith("AUTH ") && extension.contains("PLAIN"));
    }

    private static List<String> extensions(SmtpDialogue connected) {
        try (SmtpDialogue smtp = connected) {
            int before = smtp.transcript().size();
            smtp.play("""
                    C: EHLO [127.0.0.1]
                    S? 250 .*
                    """);
            List<String> lines = smtp.transcript();
            return lines.subList(before + 2, lines.size()).stream()
                    .map(line -> line.substring("S: 250 ".length()))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RET=HDRS", "ENVID=QQ314159", "SMTPUTF8", "BODY=BINARYMIME", "SIZE=1 RET=FULL"})
    void parameterShouldBeRefusedAtMailWhenItIsNotOffered(String parameter) {
        try (SmtpDialogue smtp = peer()) {
            smtp.with("parameter", parameter).play("""
                    C: EHLO peer.example
                    S? 250 .*
                    C: MAIL FROM:<a@peer.example> ${parameter}
                    S: 555 5.5.4
                    C: MAIL FROM:<a@peer.example> BODY=8BITMIME SIZE=1000
                    S: 250
                    """);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOTIFY=NEVER", "ORCPT=rfc822;a@b"})
    void parameterShouldBeRefusedAtRcptWhenItIsNotOffered(String parameter) {
        MailAccount account = MailAccount.create(server());
        try (SmtpDialogue smtp = account.submission().with("parameter", parameter)) {
            smtp.play("""
                    C: MAIL FROM:<${sender}>
                    S: 250
                    C: RCPT TO:<${sender}> ${parameter}
                    S: 504
                    C: RCPT TO:<${sender}>
                    S: 250
                    """);
        }
    }

    @Test
    void commandShouldBeRefusedWhenItHoldsABareCr() {
        try (SmtpDialogue smtp = peer()) {
            smtp.play("""
                    C: NOOP\\rQUIT
                    S: 500 5.5.2
                    C: VRFY step
                    S: 252
                    """);
        }
    }

    @Test
    void recipientShouldBeRefusedWhenAThousandCameBefore() {
        String more = "C: RCPT TO:<${sender}>\n".repeat(1001) + "S: 250\n".repeat(1000);
        try (SmtpDialogue smtp = MailAccount.create(server()).submission()) {
            smtp.play("C: MAIL FROM:<${sender}>\nS: 250\n" + more + "S: 452 4.5.3");
        }
    }

    @Test
    void messageShouldBeRefusedWhenItHasNoSignature() {
        bring("a@peer.example", EncryptedMail.from("a@peer.example"), "554 5.7.1 No DKIM signature found");
    }

    @Test
    void messageShouldBeRefusedWhenItsSignatureIsOfAnotherDomain() {
        EncryptedMail mail = EncryptedMail.from("a@peer.example")
                .withHeader("DKIM-Signature: v=1; a=rsa-sha256; d=third.example; s=x; h=From; bh=AAAA; b=AAAA");
        bring("a@peer.example", mail, NO_VALID_SIGNATURE);
    }

    @Test
    void messageShouldBeRefusedAsUnencryptedBeforeItsSignatureIsLookedAt() {
        EncryptedMail mail = EncryptedMail.from("a@peer.example").withoutHeader("Content-Type");
        bring("a@peer.example", mail, "523 Encryption Needed: Invalid Unencrypted Mail");
    }

    @Test
    void addressLiteralShouldNeedNoSignatureWhenTheConnectionComesFromThere() {
        bring("a@[127.0.0.1]", EncryptedMail.from("a@[127.0.0.1]"), "250");
        bring("a@[192.0.2.1]", EncryptedMail.from("a@[192.0.2.1]"), "554 5.7.1 From domain is not the address");
    }

    private static void bring(String sender, EncryptedMail mail, String reply) {
        MailAccount recipient = MailAccount.create(server());
        try (SmtpDialogue smtp = peer()) {
            smtp.play("""
                            C: EHLO peer.example
                            S? 250 .*
                            """).send(sender, recipient.address(), mail.text(), reply);
        }
    }
}
