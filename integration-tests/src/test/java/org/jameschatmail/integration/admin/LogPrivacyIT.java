package org.jameschatmail.integration.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.PostedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The logs of the shipped configuration name no user and no client, whatever the clients do. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the client's address is one that Linux alone has on loopback")
class LogPrivacyIT {
    private static final String CLIENT = "127.0.0.9";
    private static final String WRONG_PASSWORD = "the wrong password";
    private static final String HOST = "laptop-of-carol.example";
    private static final String TOKEN = "onlyonetoken";
    private static final String NO_NAME = "carol@a@b.example";
    private static final String NO_BASE64 = "carol!is!no!name";
    private static final String SUBJECT = "what we talk about";
    private static final String NOBODY = "nobody_01@chat.localhost";
    private static final String PEER = "ac1_peer1@peer.example";

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost")
            .set("incoming.dkim", "off")
            .set("send.rate.per-minute", "1")
            .set("message.size.max", "20000"));

    private final ChatmailServer server = SERVER.server();
    private final MailAccount sender = MailAccount.unused(server);
    private final MailAccount recipient = MailAccount.unused(server);

    @Test
    void logsShouldNameNobodyWhenMailWasSentRefusedAndFaulty() throws IOException {
        logIn();
        submit();
        misuseEnvelope();
        misuseData();
        misuseConnections();
        bringFromElsewhere();
        postFromElsewhere();
        assertThat(recipient.awaitMessage(1).text()).doesNotContain(CLIENT, HOST);
        assertThat(recipient.awaitMessage(2).text()).doesNotContain(CLIENT, HOST);
        assertThat(sender.awaitMessage(1).text()).contains("Action: failed").doesNotContain(CLIENT, HOST);
        server.stop();

        List<String> lines = logLines();

        assertThat(lines).isNotEmpty();
        assertThat(lines).noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
        for (String personal : List.of(
                sender.address(),
                recipient.address(),
                sender.password(),
                sender.address().substring(0, 9),
                recipient.address().substring(0, 9),
                HexFormat.of().formatHex(sender.address().getBytes(StandardCharsets.US_ASCII)),
                WRONG_PASSWORD,
                HOST,
                TOKEN,
                SmtpDialogue.base64(TOKEN),
                NO_NAME,
                SmtpDialogue.base64(NO_NAME),
                NO_BASE64,
                SUBJECT,
                NOBODY,
                PEER,
                CLIENT)) {
            assertThat(lines).noneMatch(line -> line.contains(personal));
        }
    }

    private List<String> logLines() throws IOException {
        List<String> lines = new ArrayList<>(server.output());
        try (Stream<Path> files = Files.list(server.dataDirectory().resolve("logs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private static InetAddress client() throws IOException {
        return InetAddress.getByName(CLIENT);
    }

    private SmtpDialogue submission() throws IOException {
        return SmtpDialogue.plainFrom(client(), server.ports().submission()).startTls();
    }

    private void logIn() throws IOException {
        for (MailAccount account : List.of(sender, recipient)) {
            try (ImapDialogue imap =
                    ImapDialogue.plainFrom(client(), server.ports().imap())) {
                imap.startTls().login(account.address(), account.password()).play("""
                                C: a1 SELECT INBOX
                                S* a1 OK
                                C: a2 NONSENSE
                                S* a2 BAD
                                """);
            }
        }
        try (ImapDialogue imap = ImapDialogue.plainFrom(client(), server.ports().imap())) {
            imap.startTls()
                    .with("address", sender.address())
                    .with("wrong", WRONG_PASSWORD)
                    .play("""
                            C: a1 LOGIN ${address} "${wrong}"
                            S: a1 NO
                            C: a2 LOGIN nobody@chat.localhost "${wrong}"
                            S: a2 NO
                            """);
        }
        try (SmtpDialogue smtp = submission()) {
            smtp.with("wrong", SmtpDialogue.credentials(sender.address(), WRONG_PASSWORD))
                    .with("token", SmtpDialogue.base64(TOKEN))
                    .with("noName", SmtpDialogue.base64(NO_NAME))
                    .with("noBase64", NO_BASE64)
                    .play("""
                            C: EHLO [127.0.0.9]
                            S? 250 .*
                            C: AUTH PLAIN ${wrong}
                            S: 535
                            C: AUTH PLAIN ${token}
                            S: 535
                            C: AUTH LOGIN
                            S: 334
                            C: ${noName}
                            S: 501
                            C: AUTH LOGIN ${noBase64}
                            S: 501
                            """);
        }
    }

    /** One message to somebody who exists and somebody who doesn't. */
    private void submit() throws IOException {
        String mail = EncryptedMail.from(sender.address())
                .withoutHeader("Subject")
                .withHeader("Subject: " + SUBJECT)
                .text();
        try (SmtpDialogue smtp = submission()) {
            smtp.authenticate(sender.address(), sender.password())
                    .with("sender", sender.address())
                    .with("recipient", recipient.address())
                    .with("mail", mail)
                    .with("host", HOST)
                    .play("""
                            C: EHLO ${host}
                            S? 250 .*
                            C: MAIL FROM:<${sender}>
                            C: RCPT TO:<${recipient}>
                            C: RCPT TO:<nobody_01@chat.localhost>
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
    }

    private void misuseEnvelope() throws IOException {
        try (SmtpDialogue smtp = submission()) {
            smtp.authenticate(sender.address(), sender.password())
                    .with("sender", sender.address())
                    .with("recipient", recipient.address())
                    .with("subject", SUBJECT)
                    .play("""
                            C: MAIL FROM:<${recipient}>
                            C: RCPT TO:<${recipient}>
                            C: RSET
                            S: 250
                            S: 553
                            S: 250
                            C: MAIL FROM:<${sender}
                            S: 501
                            C: MAIL FROM:<${sender}> SIZE=20001
                            S: 552
                            C: MAIL FROM:<${sender}>
                            C: RCPT TO:<${recipient}@@>
                            C: RCPT TO:<"${recipient}"@chat.localhost>
                            S: 250
                            S: 5
                            S: 553
                            C: ${sender} ${subject}
                            S: 500
                            """);
            for (int message = 0; message < 11; message++) {
                smtp.play("""
                        C: RSET
                        C: MAIL FROM:<${sender}>
                        C: RCPT TO:<${sender}>
                        S: 250
                        S: 250
                        S~ (250|450) .*
                        """);
            }
            // The client is gone in the middle of a command.
            smtp.play("C! MAIL FROM:<${sender}>");
        }
    }

    private void misuseData() throws IOException {
        try (SmtpDialogue smtp = submission()) {
            smtp.authenticate(recipient.address(), recipient.password())
                    .with("sender", recipient.address())
                    .with("recipient", sender.address())
                    .with("subject", SUBJECT)
                    .with("large", ("x".repeat(70) + "\r\n").repeat(300))
                    .play("""
                            C: MAIL FROM:<${sender}>
                            C: RCPT TO:<${recipient}>
                            C: DATA
                            S: 250
                            S: 250
                            S: 354
                            C: From: <${sender}>
                            C: Subject: ${subject}
                            C:
                            C: in clear
                            C: .
                            S: 523
                            C: MAIL FROM:<${sender}>
                            C: RCPT TO:<${recipient}>
                            C: DATA
                            S: 250
                            S: 250
                            S: 354
                            C: From: <${sender}>
                            C: Subject: ${subject}\\n
                            C: .
                            S: 500
                            C: MAIL FROM:<${sender}>
                            C: RCPT TO:<${recipient}>
                            C: DATA
                            S: 250
                            S: 250
                            S: 354
                            C: Subject: ${subject}
                            C: ${large}
                            C: .
                            S: 552
                            """);
        }
    }

    private void misuseConnections() throws IOException {
        try (SmtpDialogue smtp = SmtpDialogue.plainFrom(client(), server.ports().submission())) {
            smtp.with("sender", sender.address()).play("""
                    S: 220
                    C: STARTTLS
                    C: MAIL FROM:<${sender}>
                    EOF
                    """);
        }
        // What is no TLS, where TLS is expected.
        try (SmtpDialogue smtp = SmtpDialogue.plainFrom(client(), server.ports().submissions())) {
            smtp.with("sender", sender.address()).play("""
                    C: MAIL FROM:<${sender}>
                    EOF
                    """);
        }
        try (ImapDialogue imap = ImapDialogue.plainFrom(client(), server.ports().imaps())) {
            imap.with("address", sender.address())
                    .with("password", sender.password())
                    .play("""
                    C: a1 LOGIN ${address} "${password}"
                    EOF
                    """);
        }
        try (ImapDialogue imap = ImapDialogue.plainFrom(client(), server.ports().imap())) {
            imap.with("address", sender.address())
                    .with("password", sender.password())
                    .play("""
                    S: * OK
                    C: a1 STARTTLS
                    C: a2 LOGIN ${address} "${password}"
                    EOF
                    """);
        }
    }

    private void postFromElsewhere() {
        int port = server.ports().https();
        PostedMail posted = PostedMail.from(PEER).to(recipient.address());
        String mail = EncryptedMail.from(PEER).withHeader("X-Note: " + SUBJECT).text();
        assertThat(posted.post(port, mail).statusCode()).isEqualTo(200);
        assertThat(posted.to(NOBODY).post(port, mail).statusCode()).isEqualTo(400);
        assertThat(posted.post(port, mail + "\n").statusCode()).isEqualTo(400);
        assertThat(posted.post(port, mail.repeat(50)).statusCode()).isEqualTo(413);
        assertThat(PostedMail.from(NO_NAME).to(NOBODY).post(port, mail).statusCode())
                .isEqualTo(400);
        posted.breakOff(port, mail);
    }

    private void bringFromElsewhere() throws IOException {
        String mail = EncryptedMail.from(PEER).withHeader("X-Note: " + SUBJECT).text();
        try (SmtpDialogue smtp =
                SmtpDialogue.plainFrom(client(), server.ports().smtp()).startTls()) {
            smtp.with("recipient", recipient.address())
                    .with("mail", mail)
                    .with("host", HOST)
                    .play("""
                    C: EHLO ${host}
                    S? 250 .*
                    C: HELO ${host}
                    S: 250
                    C: MAIL FROM:<ac1_peer1@peer.example>
                    C: RCPT TO:<nobody_01@chat.localhost>
                    C: RCPT TO:<third@peer.example>
                    C: RCPT TO:<${recipient}>
                    C: DATA
                    S: 250
                    S: 550
                    S: 550
                    S: 250
                    S: 354
                    C: ${mail}
                    C: .
                    S: 250
                    """);
        }
    }
}
