package org.jameschatmail.integration.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From SETMETADATA and a delivery to the request at the proxy. */
class PushIT {
    private final NotificationProxy proxy = new NotificationProxy();

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    private ServerSettings settings() {
        return ServerSettings.forDomain("chat.localhost").set("push.url", proxy.url());
    }

    private static String newToken() {
        return "openpgp:" + UUID.randomUUID() + "+/==";
    }

    private static void setQuoted(MailAccount account, String token) {
        try (ImapDialogue imap = account.imap()) {
            imap.with("token", token).play("""
                    C: a1 SETMETADATA "INBOX" (/private/devicetoken "${token}")
                    S: a1 OK
                    """);
        }
    }

    private static void setLiteral(MailAccount account, String token) {
        try (ImapDialogue imap = account.imap()) {
            imap.with("token", token)
                    .with("size", String.valueOf(token.length()))
                    .play("""
                    C: a1 SETMETADATA "INBOX" (/private/devicetoken {${size}+}
                    C: ${token})
                    S: a1 OK
                    """);
        }
    }

    private static boolean hasToken(MailAccount account, String token) {
        try (ImapDialogue imap = account.imap()) {
            imap.play("""
                    C: a1 GETMETADATA "INBOX" /private/devicetoken
                    S* a1 OK
                    """);
            return imap.transcript().stream().anyMatch(line -> line.contains(token));
        }
    }

    private static void send(MailAccount sender, MailAccount first, MailAccount second) {
        try (SmtpDialogue smtp = sender.submission()) {
            smtp.with("first", first.address())
                    .with("second", second.address())
                    .with("mail", EncryptedMail.from(sender.address()).text())
                    .play("""
                            C: MAIL FROM:<${sender}>
                            C: RCPT TO:<${first}>
                            C: RCPT TO:<${second}>
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

    @ParameterizedTest
    @ValueSource(strings = {"direct jdbc", "spool jdbc", "spool jpa"})
    void recipientsShouldBeToldAndTheSenderNot(String ways) {
        ServerSettings settings =
                settings().set("delivery.local", ways.split(" ")[0]).set("store.mailbox", ways.split(" ")[1]);
        try (ChatmailServer server = ChatmailServer.start(settings)) {
            MailAccount alice = MailAccount.create(server);
            MailAccount bob = MailAccount.create(server);
            String ofAlice = newToken();
            String ofBob = newToken();
            String ofBobToo = newToken();
            setQuoted(alice, ofAlice);
            setQuoted(bob, ofBob);
            setLiteral(bob, ofBobToo);

            send(alice, alice, bob);
            proxy.awaitRequestsFor(ofBob, 1);
            proxy.awaitRequestsFor(ofBobToo, 1);
            alice.awaitMessage(1);
            send(bob, alice, bob);
            proxy.awaitRequestsFor(ofAlice, 1);
            bob.awaitMessage(2);

            assertThat(proxy.requests())
                    .containsExactlyInAnyOrder("POST " + ofBob, "POST " + ofBobToo, "POST " + ofAlice);
        }
    }

    @Test
    void tokenShouldBeForgottenWhenTheProxyCallsItGone() {
        try (ChatmailServer server = ChatmailServer.start(settings())) {
            MailAccount alice = MailAccount.create(server);
            MailAccount bob = MailAccount.create(server);
            String token = newToken();
            setQuoted(bob, token);
            assertThat(hasToken(bob, token)).isTrue();
            proxy.answer(410);

            send(alice, alice, bob);

            Deadline deadline = Deadline.after(Duration.ofMinutes(1));
            while (hasToken(bob, token)) {
                assertThat(deadline.hasPassed()).isFalse();
            }
            assertThat(proxy.requestsFor(token)).isOne();
        }
    }

    @Test
    void deviceShouldBeToldLaterWhenTheServerIsKilled() {
        try (ChatmailServer server = ChatmailServer.start(settings())) {
            MailAccount alice = MailAccount.create(server);
            MailAccount bob = MailAccount.create(server);
            String token = newToken();
            setLiteral(bob, token);
            proxy.answer(503);
            send(alice, alice, bob);
            proxy.awaitRequestsFor(token, 1);

            server.kill();
            proxy.answer(200);
            server.restart();

            proxy.awaitRequestsFor(token, 2);
            assertThat(server.output()).noneMatch(line -> line.contains(token));
        }
    }
}
