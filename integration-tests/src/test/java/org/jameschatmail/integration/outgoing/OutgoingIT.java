package org.jameschatmail.integration.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.integration.outgoing.OutgoingServers.admin;
import static org.jameschatmail.integration.outgoing.OutgoingServers.send;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/** From one server of ours to another one, and to peers that do as they like. */
class OutgoingIT {
    private static final UnaryOperator<String> FRIENDLY = command -> null;
    /** Certificates of nobody's: good enough for an address in brackets alone. */
    private static final PeerCertificate UNKNOWN = PeerCertificate.of("mx.stranger.test");

    @RegisterExtension
    static final OutgoingServers SERVERS = new OutgoingServers(PeerCertificate.of("nobody.test"));

    private ScriptedPeer peer;

    @AfterEach
    void stopPeer() {
        if (peer != null) {
            peer.close();
        }
    }

    private ScriptedPeer peerAt(String address, UnaryOperator<String> script) {
        peer = ScriptedPeer.start(address, SERVERS.smtpPort(), UNKNOWN, script);
        return peer;
    }

    @Test
    void messageShouldReachAnAccountOfAnotherServer() {
        MailAccount alice = MailAccount.create(SERVERS.here());
        MailAccount bob = MailAccount.create(SERVERS.there());

        EncryptedMail mail = send(alice, bob.address());

        MailAccount.StoredMessage stored = bob.awaitMessage(1);
        assertThat(stored.header())
                .contains("Return-Path: <" + alice.address() + ">", "Message-ID: <" + mail.messageId() + ">")
                .noneMatch(line -> line.startsWith("Received") || line.startsWith("DKIM"));
        assertThat(stored.body()).isEqualTo(mail.body());
    }

    @Test
    void recipientsShouldShareAMessageAndEachHaveTheirOwnFate() {
        MailAccount alice = MailAccount.create(SERVERS.here());
        peerAt("127.0.0.2", command -> command.startsWith("RCPT TO:<no") ? "550 5.1.1 Nobody of that name" : null);

        EncryptedMail mail = send(alice, "bob@[127.0.0.2]", "nobody@[127.0.0.2]", "eve@[127.0.0.2]");

        SERVERS.await(() -> !peer.taken().isEmpty());
        assertThat(peer.taken()).hasSize(1);
        assertThat(peer.taken().get(0).recipients()).containsExactly("bob@[127.0.0.2]", "eve@[127.0.0.2]");
        assertThat(peer.taken().get(0).lines())
                .anyMatch(line -> line.startsWith("DKIM-Signature:"))
                .noneMatch(line -> line.startsWith("Received:") || line.startsWith("Return-Path:"));
        String report = alice.awaitMessage(1).text();
        assertThat(report)
                .contains("From: Mail Delivery System <mailer-daemon@here.test>", "Auto-Submitted: auto-replied")
                .contains("Final-Recipient: rfc822; nobody@[127.0.0.2]", "Action: failed", "Status: 5.1.1")
                .contains("Diagnostic-Code: smtp; 550 5.1.1 Nobody of that name")
                .contains("Message-ID: <" + mail.messageId() + ">")
                .doesNotContain("bob@");
    }

    @Test
    void messageShouldArriveOnceWhenThePeerWantsItLater() {
        MailAccount alice = MailAccount.create(SERVERS.here());
        peerAt("127.0.0.3", command -> command.startsWith("RCPT") ? "451 4.7.1 Greylisted" : null);

        EncryptedMail mail = send(alice, "bob@[127.0.0.3]");
        SERVERS.await(() -> peer.commands().contains("RSET"));
        peer.script(FRIENDLY);

        SERVERS.await(() -> !peer.taken().isEmpty());
        assertThat(peer.taken()).extracting(ScriptedPeer.Taken::messageId).containsExactly(mail.messageId());
        assertThat(peer.taken().get(0).sender()).isEqualTo(alice.address());
    }

    @Test
    void messageShouldReachADomainThatStartsWithAnUnderscoreWhateverItsCertificate() throws Exception {
        MailAccount alice = MailAccount.create(SERVERS.here());
        SERVERS.host("_private.test", "mx.private.test", "127.0.0.9");
        peerAt("127.0.0.9", FRIENDLY);

        EncryptedMail mail = send(alice, "bob@_private.test");

        SERVERS.await(() -> !peer.taken().isEmpty());
        assertThat(peer.taken().get(0).messageId()).isEqualTo(mail.messageId());
        assertThat(peer.taken().get(0).recipients()).containsExactly("bob@_private.test");
    }

    @Test
    void messageShouldReachAnIpv6Literal() {
        MailAccount alice = MailAccount.create(SERVERS.here());
        peerAt("::1", FRIENDLY);

        EncryptedMail mail = send(alice, "bob@[IPv6:::1]");

        SERVERS.await(() -> !peer.taken().isEmpty());
        assertThat(peer.taken().get(0).messageId()).isEqualTo(mail.messageId());
        assertThat(peer.taken().get(0).recipients()).hasSize(1).allMatch(address -> address.startsWith("bob@[ipv6:"));
    }

    @Test
    void messagesShouldShareAConnectionWhenTheyFollowEachOther() {
        MailAccount alice = MailAccount.create(SERVERS.here());
        peerAt("127.0.0.4", FRIENDLY);

        for (int count = 1; count <= 5; count++) {
            int expected = count;
            send(alice, "bob@[127.0.0.4]");
            SERVERS.await(() -> peer.taken().size() == expected);
        }

        assertThat(peer.commands().stream().filter("STARTTLS"::equals)).hasSize(1);
    }

    @Test
    void nothingShouldLeaveInTheClear() {
        MailAccount alice = MailAccount.create(SERVERS.here());
        peerAt("127.0.0.5", command -> command.startsWith("EHLO") ? "250-peer\r\n250 PIPELINING" : null);

        send(alice, "bob@[127.0.0.5]");

        assertThat(alice.awaitMessage(1).text()).contains("451 4.7.5", "STARTTLS");
        assertThat(peer.commands()).isNotEmpty().allMatch(line -> line.startsWith("EHLO") || line.equals("QUIT"));
    }

    @Test
    void nothingShouldBeSentToAServerWhoseCertificateIsNotKnown() throws Exception {
        MailAccount alice = MailAccount.create(SERVERS.here());
        SERVERS.host("stranger.test", "mx.stranger.test", "127.0.0.6");
        peerAt("127.0.0.6", FRIENDLY);

        send(alice, "bob@stranger.test");

        assertThat(alice.awaitMessage(1).text()).contains("451 4.7.5 No trusted encryption with mx.stranger.test");
        assertThat(peer.commands()).isNotEmpty().noneMatch(line -> line.startsWith("MAIL"));
    }

    @Test
    void nothingShouldBeSentToAServerWithACertificateOfAnotherName() throws Exception {
        MailAccount alice = MailAccount.create(SERVERS.here());
        SERVERS.host("disguised.test", "mx.disguised.test", "127.0.0.1");

        send(alice, "bob@disguised.test");

        assertThat(alice.awaitMessage(1).text()).contains("451 4.7.5 No trusted encryption with mx.disguised.test");
    }

    @Test
    void senderShouldBeToldAtOnceOfADomainWithoutMail() throws Exception {
        MailAccount alice = MailAccount.create(SERVERS.here());
        SERVERS.dns()
                .records("nomail.test", new MXRecord(OutgoingServers.name("nomail.test"), DClass.IN, 60, 0, Name.root));

        send(alice, "bob@nomail.test", "bob@unknown.test");

        String reports = alice.awaitMessage(1).text() + alice.awaitMessage(2).text();
        assertThat(reports).contains("556 5.1.10", "512 5.1.2");
    }

    @Test
    void senderShouldBeToldAtTheEndOfTheLifetimeWhenTheNameServerFails() {
        MailAccount alice = MailAccount.create(SERVERS.here());
        SERVERS.dns().rcode("trouble.test", Rcode.SERVFAIL);

        send(alice, "bob@trouble.test");

        assertThat(alice.awaitMessage(1).text()).contains("451 4.4.3", "Action: failed", "Status: 5.4.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a reply", "250", "999 what", "250-endless", "2"})
    void senderShouldBeToldWhenThePeerTalksRubbish(String rubbish) {
        MailAccount alice = MailAccount.create(SERVERS.here());
        String lines = rubbish.equals("250-endless") ? "250-x\r\n".repeat(2000) : rubbish;
        peerAt("127.0.0.7", command -> command.equals("CONNECT") ? lines : null);
        peer.script(command -> command.equals("CONNECT") || command.startsWith("EHLO") ? lines : null);

        send(alice, "bob@[127.0.0.7]");

        assertThat(alice.awaitMessage(1).text()).contains("Action: failed");
        assertThat(peer.commands()).noneMatch(line -> line.startsWith("MAIL"));
    }

    @Test
    void otherDomainsShouldGetTheirMailWhileOneIsSilent() throws Exception {
        MailAccount alice = MailAccount.create(SERVERS.here());
        MailAccount bob = MailAccount.create(SERVERS.there());
        peerAt("127.0.0.8", command -> ScriptedPeer.SILENCE);
        for (int count = 0; count < 20; count++) {
            send(alice, "bob@[127.0.0.8]");
        }
        SERVERS.await(() -> SERVERS.waiting("[127.0.0.8]") == 20);

        send(alice, bob.address());

        bob.awaitMessage(1);
        assertThat(SERVERS.waiting("[127.0.0.8]")).isEqualTo(20);
        admin(SERVERS.here(), HttpRequest.newBuilder().DELETE(), "/chatmail/queue/127.0.0.8");
        SERVERS.await(() -> SERVERS.waiting("[127.0.0.8]") == 0);
        assertThat(alice.awaitMessage(20).text()).contains("Removed by the administrator");
    }

    @Test
    void messagesShouldBeTriedNowWhenTheAdministratorWantsThat() throws Exception {
        try (ChatmailServer patient = ChatmailServer.start(
                SERVERS.settings("patient.test").set("queue.retry.first", "1h").set("queue.lifetime", "2d"))) {
            MailAccount alice = MailAccount.create(patient);
            peerAt("127.0.0.9", command -> command.startsWith("MAIL") ? "451 4.3.0 Not today" : null);
            EncryptedMail mail = send(alice, "bob@[127.0.0.9]");
            SERVERS.await(() -> peer.commands().contains("RSET"));
            peer.script(FRIENDLY);
            SERVERS.await(() -> attempts(patient) == 1);

            JsonNode answer = admin(
                    patient,
                    HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()),
                    "/chatmail/queue/127.0.0.9/retry");

            assertThat(answer.get("messages").asInt()).isEqualTo(1);
            SERVERS.await(() -> !peer.taken().isEmpty());
            assertThat(peer.taken().get(0).messageId()).isEqualTo(mail.messageId());
            assertThat(peer.taken()).hasSize(1);
        }
    }

    private static int attempts(ChatmailServer server) {
        try {
            JsonNode messages = admin(server, HttpRequest.newBuilder().GET(), "/chatmail/queue/127.0.0.9");
            assertThat(messages.toString()).doesNotContain("bob", "alice", "today");
            return messages.isEmpty() ? 0 : messages.get(0).get("attempts").asInt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void messageShouldLeaveByTheSpoolToo() {
        try (ChatmailServer spooling =
                ChatmailServer.start(SERVERS.settings("spool.test").set("delivery.local", "spool"))) {
            MailAccount alice = MailAccount.create(spooling);
            peerAt("127.0.0.14", command -> command.startsWith("RCPT TO:<no") ? "550 5.1.1 Nobody" : null);

            EncryptedMail mail = send(alice, "bob@[127.0.0.14]", "nobody@[127.0.0.14]");

            SERVERS.await(() -> !peer.taken().isEmpty());
            assertThat(peer.taken().get(0).messageId()).isEqualTo(mail.messageId());
            assertThat(peer.taken().get(0).lines())
                    .anyMatch(line -> line.startsWith("DKIM-Signature:"))
                    .noneMatch(line -> line.startsWith("Received:") || line.startsWith("Return-Path:"));
            assertThat(alice.awaitMessage(1).text()).contains("550 5.1.1 Nobody", mail.messageId());
        }
    }

    @Test
    void reportShouldNotBeSentForAMessageWithoutSender() {
        MailAccount alice = MailAccount.create(SERVERS.here());
        peerAt("127.0.0.10", command -> command.startsWith("RCPT") ? "550 5.1.1 No" : null);
        EncryptedMail mail = EncryptedMail.from(alice.address());
        try (SmtpDialogue smtp = alice.submission()) {
            smtp.with("mail", mail.text()).play("""
                    C: MAIL FROM:<>
                    S: 250
                    C: RCPT TO:<bob@[127.0.0.10]>
                    S: 250
                    C: DATA
                    S: 354
                    C: ${mail}
                    C: .
                    S: 250
                    """);
        }
        SERVERS.await(() -> peer.commands().contains("RSET"));
        SERVERS.await(() -> SERVERS.waiting("[127.0.0.10]") == 0);

        send(alice, "bob@[127.0.0.10]");

        assertThat(alice.awaitMessage(1).text()).contains("Message-ID:").doesNotContain(mail.messageId());
        assertThat(List.of(alice.messageCount())).containsExactly(1);
    }
}
