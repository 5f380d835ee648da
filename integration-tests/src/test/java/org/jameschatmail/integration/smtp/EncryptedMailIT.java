package org.jameschatmail.integration.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as encrypted at both doors: messages of several programs, and a hostile twin for each rule. */
class EncryptedMailIT {
    private static final int SIZE_MAX = 20_000;

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost")
            .set("incoming.dkim", "off")
            .set("message.size.max", String.valueOf(SIZE_MAX)));

    private MailAccount recipient;

    @BeforeEach
    void createRecipient() {
        recipient = MailAccount.create(SERVER.server());
    }

    @ParameterizedTest
    @CsvSource({
        "delta-chat, 250, 250",
        "base64-part, 250, 250",
        "quoted-printable-part, 250, 250",
        "gnupg-mutt, 250, 250",
        "gnupg-symmetric, 250, 250",
        "gnupg-partial, 250, 250",
        "sequoia, 250, 250",
        "secure-join-vc-request, 250, 250",
        "thunderbird, 523, 250",
        "thunderbird-protected, 523, 250",
        "proton, 523, 250",
        "cleartext, 523, 523",
        "cleartext-quoting-armor, 523, 523",
        "signed-only, 523, 523",
        "literal-only, 523, 523",
        "multipart-signed, 523, 523",
        "autocrypt-setup-message, 523, 523"
    })
    void messageShouldBeJudgedByWhatItHolds(String fixture, String submitted, String brought) throws IOException {
        submit(fixture(fixture), submitted);
        bring(fixture(fixture), brought);
    }

    @ParameterizedTest
    @CsvSource({
        "multipart/encrypted, multipart/mixed, 523, 523",
        "application/pgp-encrypted; charset, text/plain; charset, 523, 523",
        "application/octet-stream, text/plain, 523, 523",
        "Version: 1, Version: 2, 523, 523",
        "Version: 1, Version: 1#meet me at noon, 523, 523",
        "-----BEGIN PGP MESSAGE-----, hello#-----BEGIN PGP MESSAGE-----, 523, 523",
        "-----END PGP MESSAGE-----, -----END PGP MESSAGE-----#hello, 523, 523",
        "PGP MESSAGE-----, PGP SIGNATURE-----, 523, 523",
        "cdef--, cdef-, 523, 523",
        "cdef--, cdef##hello#--18a0b1c2d3e4f506_5f1e2d3c4b5a6978_0123456789abcdef--, 523, 523",
        "##hF4DJ7GB1HGYU, ##hFADJ7GB1HGYU, 523, 523",
        "##hF4DJ7GB1HGYU, ##yF4DJ7GB1HGYU, 523, 523",
        "=fi7D, =AAAA, 250, 250",
        "=fi7D#, '', 250, 250",
        "-----BEGIN PGP MESSAGE-----, ##-----BEGIN PGP MESSAGE-----, 250, 250",
        "-----BEGIN PGP MESSAGE-----, -----BEGIN PGP MESSAGE-----#Version: x, 523, 250",
        "Chat-Version: 1.0##, Chat-Version: 1.0##This is an OpenPGP message, 523, 250",
        "cdef--, cdef--#sent by a list, 523, 250",
        "From: <, Content-Type: text/html#From: <, 500 More than one Content-Type, 500 More than one Content-Type",
        "From: <, no field#From: <, 500 Malformed message, 500 Malformed message",
        "From: <, From: <x@example.org>#From: <, 500 Invalid FROM, 500 Invalid FROM",
        "From: <, X: <, 500 Invalid FROM, 500 Invalid FROM"
    })
    void twinShouldBeJudgedByTheRuleItBreaks(String target, String replacement, String submitted, String brought)
            throws IOException {
        String whole = fixture("delta-chat");
        String old = target.replace("#", "\r\n");
        if (!whole.contains(old)) {
            throw new IllegalArgumentException("not in the message: " + target);
        }
        String twin = whole.replaceFirst("(?s)" + Pattern.quote(old) + "(?!.*" + Pattern.quote(old) + ")", "@@")
                .replace("@@", replacement.replace("#", "\r\n"));
        submit(twin, submitted);
        bring(twin, brought);
    }

    @Test
    void sizeShouldBeLimitedForMailFromElsewhereToo() throws IOException {
        String large = fixture("delta-chat") + ("x".repeat(76) + "\r\n").repeat(SIZE_MAX / 78 + 1);
        bring(large, "552 Message exceeds maximum size");
        try (SmtpDialogue smtp = peer()) {
            smtp.play("""
                    C: MAIL FROM:<a@peer.example> SIZE=20001
                    S: 552 Message exceeds maximum size
                    C: MAIL FROM:<a@peer.example> SIZE=20000
                    S: 250
                    """);
        }
    }

    private void submit(String mail, String reply) {
        MailAccount sender = MailAccount.create(SERVER.server());
        try (SmtpDialogue smtp = sender.submission()) {
            play(smtp, sender.address(), mail, reply);
        }
    }

    private void bring(String mail, String reply) {
        try (SmtpDialogue smtp = peer()) {
            play(smtp, "ac1_peer1@peer.example", mail, reply);
        }
    }

    private static SmtpDialogue peer() {
        return SmtpDialogue.startTls(SERVER.server().ports().smtp()).play("""
                C: EHLO peer.example
                S? 250 .*
                """);
    }

    private void play(SmtpDialogue smtp, String sender, String mail, String reply) {
        String own = mail.replaceAll("ac1_alice@example\\.org|renee@example\\.net", sender);
        smtp.send(sender, recipient.address(), own.stripTrailing(), reply);
    }

    private static String fixture(String name) throws IOException {
        try (InputStream in = EncryptedMailIT.class.getResourceAsStream("/eml/" + name + ".eml")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
