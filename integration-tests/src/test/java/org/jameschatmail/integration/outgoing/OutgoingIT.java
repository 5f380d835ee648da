package org.jameschatmail.integration.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.jameschatmail.integration.wire.TrustAll;
import org.jameschatmail.protocols.dkim.NameServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TextParseException;

/** From one server of ours to another one, and to peers that do as they like. */
class OutgoingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UnaryOperator<String> FRIENDLY = command -> null;
    /** Certificates of nobody's: good enough for an address in brackets alone. */
    private static final PeerCertificate UNKNOWN = PeerCertificate.of("mx.stranger.test");

    private static NameServer dns;
    private static ChatmailServer there;
    private static ChatmailServer here;
    private ScriptedPeer peer;

    @BeforeAll
    static void startServers() throws Exception {
        dns = NameServer.start();
        there = ChatmailServer.start(ServerSettings.forDomain("there.test")
                .set("hostname", "mx.there.test")
                .set("dns.server", dns.address().toString()));
        here = ChatmailServer.start(settingsHere("here.test"));
        host("there.test", "mx.there.test", "127.0.0.1");
        publishKeys(here);
    }

    private static ServerSettings settingsHere(String domain) {
        String trust = PeerCertificate.trusting(
                PeerCertificate.read(there.dataDirectory().resolve("tls/certificate.pem")));
        String ports = " -Dchatmail.remote.smtp-port=%d -Dchatmail.remote.https-port=%d"
                .formatted(there.ports().smtp(), there.ports().https());
        return ServerSettings.forDomain(domain)
                .set("dns.server", dns.address().toString())
                .set("queue.retry.first", "1s")
                .set("queue.lifetime", "4s")
                .set("send.rate.per-minute", "0")
                .environment("JAVA_TOOL_OPTIONS", trust + ports);
    }

    private static void host(String domain, String host, String address) throws IOException {
        dns.records(domain, new MXRecord(name(domain), DClass.IN, 60, 10, name(host)));
        dns.records(host, new ARecord(name(host), DClass.IN, 60, InetAddress.getByName(address)));
    }

    private static Name name(String text) throws TextParseException {
        return Name.fromString(text, Name.root);
    }

    private static void publishKeys(ChatmailServer server) throws Exception {
        for (JsonNode record : admin(server, HttpRequest.newBuilder().GET(), "/chatmail/dkim")) {
            dns.txt(record.get("name").asText(), 60, record.get("text").asText().split("(?<=\\G.{255})"));
        }
    }

    private static JsonNode admin(ChatmailServer server, HttpRequest.Builder request, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.ports().webAdmin() + path);
        HttpRequest authorized = request.uri(uri)
                .header("Authorization", "Bearer " + server.adminToken())
                .build();
        return JSON.readTree(
                TrustAll.httpClient().send(authorized, BodyHandlers.ofString()).body());
    }

    @AfterAll
    static void stopServers() throws IOException {
        here.close();
        there.close();
        dns.close();
    }

    @AfterEach
    void stopPeer() {
        if (peer != null) {
            peer.close();
        }
    }

    private ScriptedPeer peerAt(String address, UnaryOperator<String> script) {
        peer = ScriptedPeer.start(address, there.ports().smtp(), UNKNOWN, script);
        return peer;
    }

    private static EncryptedMail send(MailAccount sender, String... recipients) {
        EncryptedMail mail = EncryptedMail.from(sender.address());
        try (SmtpDialogue smtp = sender.submission()) {
            smtp.play("""
                    C: MAIL FROM:<${sender}>
                    S: 250
                    """);
            for (String recipient : recipients) {
                smtp.with("recipient", recipient).play("""
                        C: RCPT TO:<${recipient}>
                        S: 250
                        """);
            }
            smtp.with("mail", mail.text()).play("""
                    C: DATA
                    S: 354
                    C: ${mail}
                    C: .
                    S: 250
                    """);
        }
        return mail;
    }

    private static void await(BooleanSupplier condition) {
        Deadline deadline = Deadline.after(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(deadline.hasPassed()).as(here.logTail()).isFalse();
            Thread.onSpinWait();
        }
    }

    @Test
    void messageShouldReachAnAccountOfAnotherServer() {
        MailAccount alice = MailAccount.create(here);
        MailAccount bob = MailAccount.create(there);

        EncryptedMail mail = send(alice, bob.address());

        MailAccount.StoredMessage stored = bob.awaitMessage(1);
        assertThat(stored.header())
                .contains("Return-Path: <" + alice.address() + ">", "Message-ID: <" + mail.messageId() + ">")
                .noneMatch(line -> line.startsWith("Received") || line.startsWith("DKIM"));
        assertThat(stored.body()).isEqualTo(mail.body());
    }

    @Test
    void recipientsShouldShareAMessageAndEachHaveTheirOwnFate() {
        MailAccount alice = MailAccount.create(here);
        peerAt("127.0.0.2", command -> command.startsWith("RCPT TO:<no") ? "550 5.1.1 Nobody of that name" : null);

        EncryptedMail mail = send(alice, "bob@[127.0.0.2]", "nobody@[127.0.0.2]", "eve@[127.0.0.2]");

        await(() -> !peer.taken().isEmpty());
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
        MailAccount alice = MailAccount.create(here);
        peerAt("127.0.0.3", command -> command.startsWith("RCPT") ? "451 4.7.1 Greylisted" : null);

        EncryptedMail mail = send(alice, "bob@[127.0.0.3]");
        await(() -> peer.commands().contains("RSET"));
        peer.script(FRIENDLY);

        await(() -> !peer.taken().isEmpty());
        assertThat(peer.taken()).extracting(ScriptedPeer.Taken::messageId).containsExactly(mail.messageId());
        assertThat(peer.taken().get(0).sender()).isEqualTo(alice.address());
    }

    @Test
    void messagesShouldShareAConnectionWhenTheyFollowEachOther() {
        MailAccount alice = MailAccount.create(here);
        peerAt("127.0.0.4", FRIENDLY);

        for (int count = 1; count <= 5; count++) {
            int expected = count;
            send(alice, "bob@[127.0.0.4]");
            await(() -> peer.taken().size() == expected);
        }

        assertThat(peer.commands().stream().filter("STARTTLS"::equals)).hasSize(1);
    }

    @Test
    void nothingShouldLeaveInTheClear() {
        MailAccount alice = MailAccount.create(here);
        peerAt("127.0.0.5", command -> command.startsWith("EHLO") ? "250-peer\r\n250 PIPELINING" : null);

        send(alice, "bob@[127.0.0.5]");

        assertThat(alice.awaitMessage(1).text()).contains("451 4.7.5", "STARTTLS");
        assertThat(peer.commands()).isNotEmpty().allMatch(line -> line.startsWith("EHLO") || line.equals("QUIT"));
    }

    @Test
    void nothingShouldBeSentToAServerWhoseCertificateIsNotKnown() throws Exception {
        MailAccount alice = MailAccount.create(here);
        host("stranger.test", "mx.stranger.test", "127.0.0.6");
        peerAt("127.0.0.6", FRIENDLY);

        send(alice, "bob@stranger.test");

        assertThat(alice.awaitMessage(1).text()).contains("451 4.7.5 No trusted encryption with mx.stranger.test");
        assertThat(peer.commands()).isNotEmpty().noneMatch(line -> line.startsWith("MAIL"));
    }

    @Test
    void nothingShouldBeSentToAServerWithACertificateOfAnotherName() throws Exception {
        MailAccount alice = MailAccount.create(here);
        host("disguised.test", "mx.disguised.test", "127.0.0.1");

        send(alice, "bob@disguised.test");

        assertThat(alice.awaitMessage(1).text()).contains("451 4.7.5 No trusted encryption with mx.disguised.test");
    }

    @Test
    void senderShouldBeToldAtOnceOfADomainWithoutMail() throws Exception {
        MailAccount alice = MailAccount.create(here);
        dns.records("nomail.test", new MXRecord(name("nomail.test"), DClass.IN, 60, 0, Name.root));

        send(alice, "bob@nomail.test", "bob@unknown.test");

        String reports = alice.awaitMessage(1).text() + alice.awaitMessage(2).text();
        assertThat(reports).contains("556 5.1.10", "512 5.1.2");
    }

    @Test
    void senderShouldBeToldAtTheEndOfTheLifetimeWhenTheNameServerFails() {
        MailAccount alice = MailAccount.create(here);
        dns.rcode("trouble.test", Rcode.SERVFAIL);

        send(alice, "bob@trouble.test");

        assertThat(alice.awaitMessage(1).text()).contains("451 4.4.3", "Action: failed", "Status: 5.4.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a reply", "250", "999 what", "250-endless", "2"})
    void senderShouldBeToldWhenThePeerTalksRubbish(String rubbish) {
        MailAccount alice = MailAccount.create(here);
        String lines = rubbish.equals("250-endless") ? "250-x\r\n".repeat(2000) : rubbish;
        peerAt("127.0.0.7", command -> command.equals("CONNECT") ? lines : null);
        peer.script(command -> command.equals("CONNECT") || command.startsWith("EHLO") ? lines : null);

        send(alice, "bob@[127.0.0.7]");

        assertThat(alice.awaitMessage(1).text()).contains("Action: failed");
        assertThat(peer.commands()).noneMatch(line -> line.startsWith("MAIL"));
    }

    @Test
    void otherDomainsShouldGetTheirMailWhileOneIsSilent() throws Exception {
        MailAccount alice = MailAccount.create(here);
        MailAccount bob = MailAccount.create(there);
        peerAt("127.0.0.8", command -> ScriptedPeer.SILENCE);
        for (int count = 0; count < 20; count++) {
            send(alice, "bob@[127.0.0.8]");
        }
        await(() -> waiting("[127.0.0.8]") == 20);

        send(alice, bob.address());

        bob.awaitMessage(1);
        assertThat(waiting("[127.0.0.8]")).isEqualTo(20);
        admin(here, HttpRequest.newBuilder().DELETE(), "/chatmail/queue/127.0.0.8");
        await(() -> waiting("[127.0.0.8]") == 0);
        assertThat(alice.awaitMessage(20).text()).contains("Removed by the administrator");
    }

    private static int waiting(String domain) {
        try {
            for (JsonNode queue : admin(here, HttpRequest.newBuilder().GET(), "/chatmail/queue")) {
                if (queue.get("domain").asText().equals(domain)) {
                    return queue.get("messages").asInt();
                }
            }
            return 0;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void messagesShouldBeTriedNowWhenTheAdministratorWantsThat() throws Exception {
        try (ChatmailServer patient = ChatmailServer.start(
                settingsHere("patient.test").set("queue.retry.first", "1h").set("queue.lifetime", "2d"))) {
            MailAccount alice = MailAccount.create(patient);
            peerAt("127.0.0.9", command -> command.startsWith("MAIL") ? "451 4.3.0 Not today" : null);
            EncryptedMail mail = send(alice, "bob@[127.0.0.9]");
            await(() -> peer.commands().contains("RSET"));
            peer.script(FRIENDLY);
            await(() -> attempts(patient) == 1);

            JsonNode answer = admin(
                    patient,
                    HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()),
                    "/chatmail/queue/127.0.0.9/retry");

            assertThat(answer.get("messages").asInt()).isEqualTo(1);
            await(() -> !peer.taken().isEmpty());
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
    void reportShouldNotBeSentForAMessageWithoutSender() {
        MailAccount alice = MailAccount.create(here);
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
        await(() -> peer.commands().contains("RSET"));
        await(() -> waiting("[127.0.0.10]") == 0);

        send(alice, "bob@[127.0.0.10]");

        assertThat(alice.awaitMessage(1).text()).contains("Message-ID:").doesNotContain(mail.messageId());
        assertThat(List.of(alice.messageCount())).containsExactly(1);
    }
}
