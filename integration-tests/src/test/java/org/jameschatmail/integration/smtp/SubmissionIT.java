package org.jameschatmail.integration.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialogue of submission: who may send, how much, how often, and in which order that is said. */
class SubmissionIT {
    private static final int SIZE_MAX = 20_000;

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost")
            .set("message.size.max", String.valueOf(SIZE_MAX))
            .set("message.recipients.max", "3")
            .set("send.rate.per-minute", "1"));

    private static ChatmailServer server() {
        return SERVER.server();
    }

    static Stream<Supplier<SmtpDialogue>> encryptedListeners() {
        return Stream.of(
                () -> SmtpDialogue.startTls(server().ports().submission()),
                () -> SmtpDialogue.tls(server().ports().submissions()).play("S: 220"));
    }

    @ParameterizedTest
    @MethodSource("encryptedListeners")
    void mailShouldBeRefusedWhenNobodyLoggedIn(Supplier<SmtpDialogue> connect) {
        MailAccount local = MailAccount.create(server());
        try (SmtpDialogue smtp = connect.get().with("local", local.address())) {
            smtp.play("""
                    C: EHLO [127.0.0.1]
                    S? 250-AUTH .*
                    S? 250 .*
                    C: MAIL FROM:<${local}>
                    S: 530
                    C: RCPT TO:<${local}>
                    S: 503
                    C: DATA
                    S: 503
                    """);
        }
    }

    /** RFC 2920, section 3.1: the final dot may be the first of a group of commands. */
    @ParameterizedTest
    @MethodSource("encryptedListeners")
    void nextCommandsShouldBeAnsweredWhenTheyComeWithTheFinalDot(Supplier<SmtpDialogue> connect) {
        MailAccount account = MailAccount.create(server());
        try (SmtpDialogue smtp = connect.get()) {
            smtp.authenticate(account.address(), account.password())
                    .with("account", account.address())
                    .with("mail", EncryptedMail.from(account.address()).text())
                    .play("""
                            C: MAIL FROM:<${account}>
                            C: RCPT TO:<${account}>
                            C: DATA
                            S: 250
                            S: 250
                            S: 354
                            C: ${mail}
                            C: .
                            C: RSET
                            C: MAIL FROM:<${account}>
                            C: QUIT
                            S: 250
                            S: 250
                            S: 250
                            S: 221
                            EOF
                            """);
        }
    }

    @Test
    void authShouldBeRefusedWhenTheConnectionIsInClear() {
        MailAccount account = MailAccount.create(server());
        try (SmtpDialogue smtp = SmtpDialogue.plain(server().ports().submission())) {
            smtp.with("credentials", SmtpDialogue.credentials(account.address(), account.password()))
                    .with("sender", account.address())
                    .play("""
                            S: 220
                            C: EHLO [127.0.0.1]
                            S? 250 .*
                            C: AUTH PLAIN ${credentials}
                            S: 530
                            C: AUTH LOGIN
                            S: 530
                            C: MAIL FROM:<${sender}>
                            S: 530
                            """);
            assertThat(smtp.transcript()).noneMatch(line -> line.matches("S: 250.AUTH.*"));
        }
    }

    @ParameterizedTest
    @MethodSource("encryptedListeners")
    void authShouldFailWhenThePasswordIsWrong(Supplier<SmtpDialogue> connect) {
        MailAccount account = MailAccount.create(server());
        try (SmtpDialogue smtp = connect.get()) {
            smtp.with("wrong", SmtpDialogue.credentials(account.address(), "not the password"))
                    .with("sender", account.address())
                    .play("""
                            C: EHLO [127.0.0.1]
                            S? 250 .*
                            C: AUTH PLAIN ${wrong}
                            S: 535
                            C: MAIL FROM:<${sender}>
                            S: 530
                            """)
                    .authenticate(account.address(), account.password());
        }
    }

    @Test
    void authLoginShouldAskForNameAndPasswordWhenAsked() {
        MailAccount account = MailAccount.create(server());
        try (SmtpDialogue smtp = SmtpDialogue.startTls(server().ports().submission())) {
            smtp.with("name", SmtpDialogue.base64(account.address()))
                    .with("password", SmtpDialogue.base64(account.password()))
                    .play("""
                            C: EHLO [127.0.0.1]
                            S? 250 .*
                            C: AUTH LOGIN
                            S: 334 VXNlcm5hbWU6
                            C: ${name}
                            S: 334 UGFzc3dvcmQ6
                            C: ${password}
                            S: 235
                            """);
        }
    }

    @Test
    void senderShouldBeRefusedAtRcptWhenItIsNotTheLogin() {
        MailAccount other = MailAccount.create(server());
        try (SmtpDialogue smtp = MailAccount.create(server()).submission().with("other", other.address())) {
            smtp.play("""
                    C: MAIL FROM:<${other}>
                    S: 250
                    C: RCPT TO:<${other}>
                    S: 553
                    C: RCPT TO:<${sender}>
                    S: 553
                    """);
        }
    }

    @Test
    void loginShouldBeFoldedWhenItIsInUpperCase() {
        MailAccount account = MailAccount.create(server());
        String upper = account.address().toUpperCase(Locale.ROOT);
        try (SmtpDialogue smtp = new MailAccount(server(), upper, account.password()).submission()) {
            smtp.with("folded", account.address())
                    .with("mail", EncryptedMail.from(account.address()).text())
                    .play("""
                            C: MAIL FROM:<${folded}>
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
        assertThat(account.awaitMessage(1).header()).contains("From: <" + account.address() + ">");
    }

    @Test
    void rateShouldRefuseTheEleventhMessageWhenTenCameAtOnce() {
        MailAccount account = MailAccount.create(server());
        try (SmtpDialogue smtp = account.submission()) {
            for (int message = 1; message <= 10; message++) {
                smtp.play("""
                        C: MAIL FROM:<${sender}>
                        C: RCPT TO:<${sender}>
                        C: RCPT TO:<${sender}>
                        C: RSET
                        S: 250
                        S: 250
                        S: 250
                        S: 250
                        """);
            }
            smtp.play("""
                    C: MAIL FROM:<${sender}>
                    S: 250
                    C: RCPT TO:<${sender}>
                    S: 450 4.7.1: Too much mail from ${sender}
                    """);
        }
        // Another account isn't slowed down by it.
        try (SmtpDialogue smtp = MailAccount.create(server()).submission()) {
            smtp.play("""
                    C: MAIL FROM:<${sender}>
                    C: RCPT TO:<${sender}>
                    S: 250
                    S: 250
                    """);
        }
    }

    @Test
    void rateShouldCountNothingWhenTheSenderIsRefused() {
        MailAccount account = MailAccount.create(server());
        try (SmtpDialogue smtp = account.submission()) {
            for (int refusal = 1; refusal <= 12; refusal++) {
                smtp.play("""
                        C: MAIL FROM:<somebody@else.example>
                        C: RCPT TO:<${sender}>
                        C: RSET
                        S: 250
                        S: 553
                        S: 250
                        """);
            }
            smtp.play("""
                    C: MAIL FROM:<${sender}>
                    C: RCPT TO:<${sender}>
                    S: 250
                    S: 250
                    """);
        }
    }

    @Test
    void sizeShouldBeRefusedAtMailWhenADeclaredOneIsTooLarge() {
        try (SmtpDialogue smtp = MailAccount.create(server()).submission()) {
            smtp.play("""
                    C: EHLO [127.0.0.1]
                    S? 250.SIZE 20000
                    S? 250 .*
                    C: MAIL FROM:<${sender}> SIZE=20001
                    S: 552 Message exceeds maximum size
                    C: MAIL FROM:<${sender}> SIZE=20000
                    S: 250
                    """);
        }
    }

    @Test
    void sizeShouldBeRefusedAfterTheDotWhenItWasNotDeclared() {
        MailAccount account = MailAccount.create(server());
        String line = "x".repeat(76) + "\r\n";
        try (SmtpDialogue smtp = account.submission()) {
            smtp.with("mail", EncryptedMail.from(account.address()).text())
                    .with("large", line.repeat(SIZE_MAX / line.length() + 1))
                    .play("""
                            C: MAIL FROM:<${sender}>
                            C: RCPT TO:<${sender}>
                            C: DATA
                            S: 250
                            S: 250
                            S: 354
                            C: ${mail}
                            C: ${large}
                            C: .
                            S: 552 Message exceeds maximum size
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
    }

    @Test
    void recipientsShouldBeRefusedWhenTheyAreTooMany() {
        try (SmtpDialogue smtp = MailAccount.create(server()).submission()) {
            smtp.play("""
                    C: MAIL FROM:<${sender}>
                    C: RCPT TO:<one@peer.example>
                    C: RCPT TO:<two@peer.example>
                    C: RCPT TO:<${sender}>
                    C: RCPT TO:<four@peer.example>
                    S: 250
                    S: 250
                    S: 250
                    S: 250
                    S: 452
                    """);
        }
    }

    @Test
    void messagesShouldFollowEachOtherWhenPipelinedWithoutRset() {
        MailAccount account = MailAccount.create(server());
        MailAccount recipient = MailAccount.create(server());
        try (SmtpDialogue smtp = account.submission().with("recipient", recipient.address())) {
            for (int message = 1; message <= 3; message++) {
                smtp.with("mail", EncryptedMail.from(account.address()).text()).play("""
                        C: MAIL FROM:<${sender}>
                        C: RCPT TO:<${recipient}>
                        C: DATA
                        S: 250
                        S: 250
                        S: 354
                        C: ${mail}
                        C: .
                        S: 250
                        """);
            }
            smtp.play("""
                    C: QUIT
                    S: 221
                    EOF
                    """);
        }
        recipient.awaitMessage(3);
        assertThat(recipient.messageCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("encryptedListeners")
    void vrfyShouldTellNothingWhenAsked(Supplier<SmtpDialogue> connect) {
        try (SmtpDialogue smtp = connect.get()) {
            smtp.play("""
                    C: VRFY anybody
                    S: 252 2.0.0
                    """);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO injected", "MAIL FROM:<a@peer.example>", "AUTH PLAIN AGEAYg=="})
    void commandShouldHaveNoEffectWhenItCameInClearBehindStartTls(String command) {
        try (SmtpDialogue smtp = SmtpDialogue.plain(server().ports().submission())) {
            smtp.with("command", command).play("""
                    S: 220
                    C: EHLO [127.0.0.1]
                    S? 250 .*
                    C: STARTTLS
                    C: ${command}
                    EOF
                    """);
        }
    }
}
