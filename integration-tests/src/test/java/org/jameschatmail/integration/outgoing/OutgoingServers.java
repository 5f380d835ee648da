package org.jameschatmail.integration.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.jameschatmail.integration.wire.TrustAll;
import org.jameschatmail.protocols.dkim.NameServer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/**
 * Two servers and a name service of the test's own. What {@code here} sends goes to the ports of {@code there}, on
 * whatever address of loopback the name service gives: a test's own peer listens at those ports of another address.
 */
final class OutgoingServers implements BeforeAllCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PeerCertificate trusted;
    private NameServer dns;
    private ChatmailServer there;
    private ChatmailServer here;

    /** @param trusted is known to {@code here}, as the certificate of {@code there} is */
    OutgoingServers(PeerCertificate trusted) {
        this.trusted = trusted;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        dns = NameServer.start();
        there = ChatmailServer.start(ServerSettings.forDomain("there.test")
                .set("hostname", "mx.there.test")
                .set("dns.server", dns.address().toString()));
        here = ChatmailServer.start(settings("here.test"));
        host("there.test", "mx.there.test", "127.0.0.1");
        publishKeys(here);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        here.close();
        there.close();
        dns.close();
    }

    /** Of a server that sends to the ports of {@code there}, tries again at once, and gives up soon. */
    ServerSettings settings(String domain) {
        String trust = PeerCertificate.trusting(
                PeerCertificate.read(there.dataDirectory().resolve("tls/certificate.pem")), trusted.certificate());
        String ports =
                " -Dchatmail.remote.smtp-port=%d -Dchatmail.remote.https-port=%d".formatted(smtpPort(), httpsPort());
        return ServerSettings.forDomain(domain)
                .set("dns.server", dns.address().toString())
                .set("queue.retry.first", "1s")
                .set("queue.lifetime", "4s")
                .set("send.rate.per-minute", "0")
                .environment("JAVA_TOOL_OPTIONS", trust + ports);
    }

    ChatmailServer here() {
        return here;
    }

    ChatmailServer there() {
        return there;
    }

    NameServer dns() {
        return dns;
    }

    int smtpPort() {
        return there.ports().smtp();
    }

    int httpsPort() {
        return there.ports().https();
    }

    /** Gives a domain a mail host. */
    void host(String domain, String host, String address) throws IOException {
        dns.records(domain, new MXRecord(name(domain), DClass.IN, 60, 10, name(host)));
        dns.records(host, address(host, address));
    }

    static Record address(String host, String address) throws IOException {
        InetAddress known = InetAddress.getByName(address);
        return known instanceof Inet6Address
                ? new AAAARecord(name(host), DClass.IN, 60, known)
                : new ARecord(name(host), DClass.IN, 60, known);
    }

    static Name name(String text) throws TextParseException {
        return Name.fromString(text, Name.root);
    }

    /** Lets others verify what a server signs. */
    void publishKeys(ChatmailServer server) throws Exception {
        for (JsonNode record : admin(server, HttpRequest.newBuilder().GET(), "/chatmail/dkim")) {
            dns.txt(record.get("name").asText(), 60, record.get("text").asText().split("(?<=\\G.{255})"));
        }
    }

    static JsonNode admin(ChatmailServer server, HttpRequest.Builder request, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.ports().webAdmin() + path);
        HttpRequest authorized = request.uri(uri)
                .header("Authorization", "Bearer " + server.adminToken())
                .build();
        return JSON.readTree(
                TrustAll.httpClient().send(authorized, BodyHandlers.ofString()).body());
    }

    /** How many messages of {@code here} wait for a domain. */
    int waiting(String domain) {
        return waiting(here, domain);
    }

    static int waiting(ChatmailServer server, String domain) {
        try {
            for (JsonNode queue : admin(server, HttpRequest.newBuilder().GET(), "/chatmail/queue")) {
                if (queue.get("domain").asText().equals(domain)) {
                    return queue.get("messages").asInt();
                }
            }
            return 0;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static EncryptedMail send(MailAccount sender, String... recipients) {
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

    void await(BooleanSupplier condition) {
        Deadline deadline = Deadline.after(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(deadline.hasPassed()).as(here.logTail()).isFalse();
            Thread.onSpinWait();
        }
    }
}
