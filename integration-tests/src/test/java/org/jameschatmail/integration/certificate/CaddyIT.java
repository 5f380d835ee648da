package org.jameschatmail.integration.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.DebianProgram;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.protocols.dkim.NameServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;

/**
 * A server behind a real Caddy with the shipped Caddyfile, and the settings of compose-caddy.yaml. Visitors come from
 * addresses of loopback; Caddy from 127.0.0.1, which the server believes.
 */
class CaddyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MOST = 2;
    private static final List<String> HOSTS =
            List.of("chat.example", "autoconfig.chat.example", "mta-sts.chat.example");

    private static final int HTTP = DebianProgram.freePort();
    private static NameServer dns;
    private static Pebble authority;
    private static ChatmailServer server;
    private static Caddy caddy;

    /** How a request was answered. */
    private record Answer(int status, String location, String body) {}

    @BeforeAll
    static void startBoth() throws IOException {
        dns = NameServer.start();
        for (String host : HOSTS) {
            dns.records(
                    host, new ARecord(Name.fromString(host + "."), DClass.IN, 60, InetAddress.getLoopbackAddress()));
        }
        authority = Pebble.start(dns.address(), HTTP, DebianProgram.freePort(), Duration.ofDays(90));
        ServerSettings settings = ServerSettings.forDomain("chat.example")
                .set("tls.mode", "acme")
                .set("acme.challenge", "http-01")
                .set("acme.directory", authority.directory())
                .set("proxy.trusted", "127.0.0.1")
                .set("registration.rate.per-network", String.valueOf(MOST))
                .set("dns.server", dns.address().toString())
                .environment("JAVA_TOOL_OPTIONS", authority.trust());
        server = ChatmailServer.start(settings);
        caddy = Caddy.start(server, HTTP);
        awaitOwnCertificate();
    }

    /** Caddy makes one for each name in its first moments, and ends handshakes until then. */
    private static void awaitOwnCertificate() {
        Deadline deadline = Deadline.after(PATIENCE);
        for (String host : HOSTS) {
            while (ask("127.0.0.9", "https://" + host + "/").status() == 0) {
                assertThat(deadline.hasPassed()).as(caddy.log()).isFalse();
            }
        }
    }

    @AfterAll
    static void stopAll() throws IOException {
        for (AutoCloseable each : new AutoCloseable[] {caddy, server, authority}) {
            try {
                if (each != null) {
                    each.close();
                }
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
        dns.close();
    }

    private static Answer ask(String visitor, String url, String... options) {
        List<String> command = new ArrayList<>(List.of("curl", "-sk", "--max-time", "30", "--interface", visitor));
        for (String host : HOSTS) {
            command.addAll(List.of("--connect-to", host + ":443:127.0.0.1:" + caddy.https()));
            command.addAll(List.of("--connect-to", host + ":80:127.0.0.1:" + HTTP));
        }
        command.addAll(List.of("-w", "\n%{http_code} %{redirect_url}"));
        command.addAll(List.of(options));
        command.add(url);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = output.lastIndexOf('\n');
            String[] told = output.substring(end + 1).split(" ", 2);
            return new Answer(Integer.parseInt(told[0]), told[1], output.substring(0, end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void pagesAndFilesShouldComeThrough() {
        Answer first = ask("127.0.0.9", "https://chat.example/");

        assertThat(first.status()).as(caddy.log()).isEqualTo(200);
        assertThat(first.body()).contains("<title>", "chat.example");
        assertThat(ask("127.0.0.9", "https://chat.example/qr.svg").body()).startsWith("<svg");
        assertThat(ask("127.0.0.9", "https://mta-sts.chat.example/.well-known/mta-sts.txt")
                        .body())
                .contains("version: STSv1");
        assertThat(ask("127.0.0.9", "https://autoconfig.chat.example/mail/config-v1.1.xml")
                        .body())
                .contains("<clientConfig");
        assertThat(ask("127.0.0.9", "https://chat.example/mxdeliv", "-X", "POST", "--data", "no mail")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void cleartextShouldBeSentToHttpsButForTheQuestionsOfAuthorities() {
        Answer page = ask("127.0.0.9", "http://chat.example/info?lang=de");

        assertThat(page.status()).isEqualTo(308);
        assertThat(page.location()).isEqualTo("https://chat.example/info?lang=de");
        assertThat(ask("127.0.0.9", "http://chat.example/.well-known/acme-challenge/unknown")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void limitsShouldCountTheVisitorAndNotCaddy() {
        for (int i = 0; i < MOST; i++) {
            assertThat(ask("127.0.0.5", "https://chat.example/new", "-X", "POST")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(ask("127.0.0.5", "https://chat.example/new", "-X", "POST").status())
                .isEqualTo(429);
        assertThat(ask("127.0.0.5", "https://chat.example/new", "-X", "POST", "-H", "X-Forwarded-For: 203.0.113.9")
                        .status())
                .as("what the visitor says of itself")
                .isEqualTo(429);
        assertThat(ask("127.0.0.6", "https://chat.example/new", "-X", "POST").status())
                .isEqualTo(200);
    }

    @Test
    void authorityShouldReachTheServerForTheCertificateOfTheMailPorts() {
        Deadline deadline = Deadline.after(PATIENCE);
        while (!PresentedCertificate.isCertified(
                PresentedCertificate.at(server.ports().imaps()))) {
            assertThat(deadline.hasPassed()).as(server.logTail()).isFalse();
        }
    }
}
