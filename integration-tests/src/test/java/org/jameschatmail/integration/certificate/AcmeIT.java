package org.jameschatmail.integration.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.DebianProgram;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.admin.WebAdmin;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.Distribution.CommandResult;
import org.jameschatmail.integration.server.ServerPlace;
import org.jameschatmail.integration.server.ServerPorts;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.jameschatmail.protocols.dkim.NameServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;

/** Certificates that an authority gives a running server, and what happens when it doesn't. */
class AcmeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** They are renewed when half of it is over. */
    private static final Duration LIFE = Duration.ofSeconds(30);

    private final ServerPorts ports = ServerPorts.free();
    private NameServer dns;

    @BeforeEach
    void publish() throws IOException {
        dns = NameServer.start();
        host("chat.example", "127.0.0.1");
        host("mta-sts.chat.example", "127.0.0.1");
        host("www.chat.example", "127.0.0.9");
    }

    @AfterEach
    void stop() throws IOException {
        dns.close();
    }

    private void host(String name, String address) throws IOException {
        dns.records(name, new ARecord(Name.fromString(name + "."), DClass.IN, 60, InetAddress.getByName(address)));
    }

    private ChatmailServer start(String domain, Pebble authority) {
        ServerSettings settings = ServerSettings.forDomain(domain)
                .set("tls.mode", "acme")
                .set("acme.directory", authority.directory())
                .set("acme.email", "admin@elsewhere.example")
                .set("send.rate.per-minute", "0")
                .set("dns.server", dns.address().toString())
                .environment("JAVA_TOOL_OPTIONS", authority.trust());
        return ChatmailServer.start(
                settings, new ServerPlace(InetAddress.getLoopbackAddress(), List.of(), Optional.of(ports)));
    }

    @Test
    void certificateShouldComeAndBeRenewedWhileMessagesFlow() throws Exception {
        try (Pebble authority = Pebble.start(dns.address(), ports.http(), ports.https(), LIFE);
                ChatmailServer server = start("chat.example", authority)) {
            MailAccount account = MailAccount.create(server);
            await(server, () -> PresentedCertificate.isCertified(PresentedCertificate.at(ports.imaps())));
            X509Certificate first = PresentedCertificate.at(ports.imaps());
            assertThat(names(first)).containsExactlyInAnyOrder("chat.example", "mta-sts.chat.example");
            awaitEverywhere(server, first);

            try (ImapDialogue idle = account.imap()) {
                idle.play("""
                        C: a SELECT INBOX
                        S* a OK
                        C: b IDLE
                        S: +
                        """);
                int sent = 0;
                Deadline deadline = Deadline.after(PATIENCE);
                while (PresentedCertificate.at(ports.imaps()).equals(first)) {
                    assertThat(deadline.hasPassed()).as(server.logTail()).isFalse();
                    send(account);
                    sent++;
                }
                send(account);
                idle.play("S* * " + (sent + 1) + " EXISTS\n");
                X509Certificate second = PresentedCertificate.at(ports.imaps());
                assertThat(PresentedCertificate.isCertified(second)).isTrue();
                awaitEverywhere(server, second);
                assertThat(second.getPublicKey()).isNotEqualTo(first.getPublicKey());
                oldOneShouldStayWhenTheAuthorityIsGone(authority, server);
                send(account);
                idle.play("S* * " + (sent + 2) + " EXISTS\n");
            }
            assertThat(new WebAdmin(server).send("GET", "/metrics").body())
                    .containsPattern("(?m)^chatmail_certificate_days_left -?[0-9.E-]+$");
        }
    }

    private void oldOneShouldStayWhenTheAuthorityIsGone(Pebble authority, ChatmailServer server) throws Exception {
        authority.close();
        await(server, () -> remembered(server).contains("trouble=the\\ authority\\ can't\\ be\\ asked"));
        X509Certificate last = PresentedCertificate.at(ports.imaps());
        assertThat(PresentedCertificate.isCertified(last)).isTrue();
        assertThat(String.join("\n", server.output())).contains("the present one stays", "The next attempt is at");

        List<String> arguments = new ArrayList<>(server.runArguments());
        arguments.set(0, "doctor");
        CommandResult doctor = server.distribution().command(PATIENCE, Map.of(), arguments.toArray(String[]::new));
        assertThat(String.join("\n", doctor.output()))
                .contains("another one wasn't given: the authority can't be asked");
        assertThat(PresentedCertificate.at(ports.imaps())).isEqualTo(last);
    }

    @Test
    void certificateShouldComeForAnAddressByHandshakeWhenPort80IsClosed() throws Exception {
        try (Pebble authority =
                        Pebble.start(dns.address(), DebianProgram.freePort(), ports.https(), Duration.ofDays(6));
                ChatmailServer server = start("[127.0.0.1]", authority)) {
            await(server, () -> PresentedCertificate.isCertified(PresentedCertificate.at(ports.imaps())));

            assertThat(names(PresentedCertificate.at(ports.imaps()))).containsExactly("127.0.0.1");
            awaitEverywhere(server, PresentedCertificate.at(ports.imaps()));
            assertThat(remembered(server)).contains("proven=tls-alpn-01");
            X509Certificate given = PresentedCertificate.at(ports.https());
            authority.close();
            server.restart();
            assertThat(PresentedCertificate.at(ports.https())).isEqualTo(given);
        }
    }

    private static String remembered(ChatmailServer server) {
        try {
            Path state = server.dataDirectory().resolve("acme/state");
            return Files.exists(state) ? Files.readString(state) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(MailAccount account) {
        try (SmtpDialogue smtp = account.submission()) {
            smtp.send(
                    account.address(),
                    account.address(),
                    EncryptedMail.from(account.address()).text(),
                    "250");
        }
    }

    /** IMAP and SMTP take it up right after HTTPS. */
    private void awaitEverywhere(ChatmailServer server, X509Certificate expected) {
        for (int port : new int[] {ports.imaps(), ports.submissions(), ports.https()}) {
            await(server, () -> PresentedCertificate.at(port).equals(expected));
        }
    }

    private static void await(ChatmailServer server, BooleanSupplier condition) {
        Deadline deadline = Deadline.after(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(deadline.hasPassed()).as(server.logTail()).isFalse();
            Thread.onSpinWait();
        }
    }

    private static Set<String> names(X509Certificate certificate) throws Exception {
        return new HashSet<>(certificate.getSubjectAlternativeNames())
                .stream().map(name -> (String) name.get(1)).collect(Collectors.toSet());
    }
}
