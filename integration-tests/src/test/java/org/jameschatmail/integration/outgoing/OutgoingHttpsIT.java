package org.jameschatmail.integration.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.integration.outgoing.OutgoingServers.send;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is asked of the web servers of others: to take a message, and which mail hosts are theirs. */
class OutgoingHttpsIT {
    private static final PeerCertificate UNKNOWN = PeerCertificate.of("stranger.test");
    private static final PeerCertificate STRICT = PeerCertificate.of("mta-sts.strict.test");

    @RegisterExtension
    static final OutgoingServers SERVERS = new OutgoingServers(STRICT);

    private ScriptedPeer peer;

    @AfterEach
    void stopPeer() {
        if (peer != null) {
            peer.close();
        }
    }

    private static ScriptedPeer peerAt(String address) {
        return ScriptedPeer.start(address, SERVERS.smtpPort(), UNKNOWN, command -> null);
    }

    private static HttpsServer website(String address, PeerCertificate certificate, HttpHandler handler)
            throws IOException {
        HttpsServer website = HttpsServer.create(new InetSocketAddress(address, SERVERS.httpsPort()), 10);
        website.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
        website.createContext("/", handler);
        website.start();
        return website;
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        byte[] octets = body.getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }

    @Test
    void messageShouldGoByHttpsWhenThePeerTakesItThere() throws Exception {
        MailAccount alice = MailAccount.create(SERVERS.here());
        List<String> requests = new CopyOnWriteArrayList<>();
        HttpsServer website = website("127.0.0.11", UNKNOWN, exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().get("X-MAIL-FROM")
                    + exchange.getRequestHeaders().get("X-MAIL-TO") + "\n" + body);
            answer(exchange, 200, "text/plain", "250 ok");
        });
        try {
            EncryptedMail mail = send(alice, "bob@[127.0.0.11]", "eve@[127.0.0.11]");

            SERVERS.await(() -> !requests.isEmpty());
            assertThat(requests.get(0))
                    .startsWith("POST /mxdeliv [" + alice.address() + "][bob@[127.0.0.11], eve@[127.0.0.11]]\n")
                    .contains("DKIM-Signature:")
                    .endsWith(mail.text() + "\r\n");
            SERVERS.await(() -> SERVERS.waiting("[127.0.0.11]") == 0);
            assertThat(requests).hasSize(1);
        } finally {
            website.stop(0);
        }
    }

    @Test
    void messageShouldGoBySmtpWhenHttpsRefusesItAndThenSkipHttps() throws Exception {
        MailAccount alice = MailAccount.create(SERVERS.here());
        AtomicInteger requests = new AtomicInteger();
        peer = peerAt("127.0.0.12");
        HttpsServer website = website("127.0.0.12", UNKNOWN, exchange -> {
            requests.incrementAndGet();
            answer(exchange, 400, "text/plain", "550 5.1.1 Unknown recipient");
        });
        try {
            send(alice, "bob@[127.0.0.12]");
            SERVERS.await(() -> peer.taken().size() == 1);
            send(alice, "bob@[127.0.0.12]");
            SERVERS.await(() -> peer.taken().size() == 2);

            assertThat(requests).hasValue(1);
        } finally {
            website.stop(0);
        }
    }

    @Test
    void policyOfADomainShouldKeepItsMailFromOtherHosts() throws Exception {
        MailAccount alice = MailAccount.create(SERVERS.here());
        SERVERS.host("strict.test", "mx.evil.test", "127.0.0.13");
        SERVERS.dns().txt("_mta-sts.strict.test", 60, "v=STSv1; id=1");
        SERVERS.dns().records("mta-sts.strict.test", OutgoingServers.address("mta-sts.strict.test", "127.0.0.13"));
        peer = peerAt("127.0.0.13");
        AtomicInteger fetches = new AtomicInteger();
        HttpsServer website = website("127.0.0.13", STRICT, exchange -> {
            fetches.incrementAndGet();
            answer(
                    exchange,
                    200,
                    "text/plain",
                    "version: STSv1\r\nmode: enforce\r\nmx: mx.strict.test\r\nmax_age: 86400\r\n");
        });
        try {
            send(alice, "bob@strict.test");

            assertThat(alice.awaitMessage(1).text()).contains("451 4.7.5 The policy (MTA-STS) of the domain forbids");
            assertThat(peer.commands()).isEmpty();
            assertThat(fetches).hasValue(1);
        } finally {
            website.stop(0);
        }
    }
}
