package org.jameschatmail.integration.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.outgoing.PeerCertificate;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.Distribution.CommandResult;
import org.jameschatmail.integration.server.Folders;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Two servers of ours, {@code here.example} and {@code there.example}, and Postfix as {@code postfix.example}, each on a host of its
 * own. What {@code chatmail dns} prints is what the name server says. All trust one authority and no other.
 */
final class MailNetwork implements BeforeAllCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofMillis(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<AutoCloseable> open = new ArrayList<>();
    private VirtualHost hereHost;
    private VirtualHost postfixHost;
    private InetAddress hole;
    private CertificateAuthority authority;
    private ChatmailServer here;
    private ChatmailServer there;
    private PostfixServer postfix;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Path folder = Files.createTempDirectory("chatmail-network-");
        // Postfix and opendkim have users of their own.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        open.add(() -> Folders.delete(folder));
        VirtualNetwork network = VirtualNetwork.create();
        open.add(network);
        VirtualHost dnsHost = network.host("dns");
        hereHost = network.host("here");
        VirtualHost thereHost = network.host("there");
        postfixHost = network.host("postfix");
        hole = network.nextFour();
        hereHost.loseAllTo(hole);
        certify(folder);

        CompletableFuture<ChatmailServer> starting =
                CompletableFuture.supplyAsync(() -> ChatmailServer.start(settings("here.example"), hereHost.place()));
        CompletableFuture<ChatmailServer> startingToo = CompletableFuture.supplyAsync(
                () -> ChatmailServer.start(settings("there.example").set("queue.lifetime", "6s"), thereHost.place()));
        postfix = PostfixServer.start(new PostfixFiles(
                folder, authority, postfixHost, dnsHost.four(), postfixHost.alias(), postfixHost.alias()));
        open.add(postfix);
        here = opened(starting);
        there = opened(startingToo);

        List<String> zone = new ArrayList<>(postfix.records());
        zone.addAll(zoneOf(here));
        zone.addAll(zoneOf(there));
        zone.add("hole.example. 60 IN MX 10 mx.hole.example.");
        zone.add("mx.hole.example. 60 IN A " + hole.getHostAddress());
        open.add(ZoneServer.start(dnsHost, folder, zone));
        await(postfix::isReady);
    }

    private ChatmailServer opened(CompletableFuture<ChatmailServer> starting) {
        ChatmailServer server = starting.join();
        open.add(server);
        return server;
    }

    private void certify(Path folder) {
        authority = CertificateAuthority.create(folder, "authority");
        for (String domain : List.of("here.example", "there.example")) {
            authority.issue(domain, domain, "mx." + domain, "mta-sts." + domain, "autoconfig." + domain);
        }
        authority.issue("postfix", "mx.postfix.example", "mx6.postfix.example");
        authority.issue("stranger", "mx.stranger.example");
    }

    private ServerSettings settings(String domain) {
        return ServerSettings.forDomain(domain)
                .set("hostname", "mx." + domain)
                .set("bind.address", "0.0.0.0, ::")
                .set("tls.mode", "files")
                .set("tls.certificate", authority.certificate(domain).toString())
                .set("tls.private-key", authority.key(domain).toString())
                .set("queue.retry.first", "1s")
                .set("send.rate.per-minute", "0")
                .environment(
                        "JAVA_TOOL_OPTIONS", PeerCertificate.trusting(PeerCertificate.read(authority.certificate())));
    }

    private static List<String> zoneOf(ChatmailServer server) {
        CommandResult printed = server.distribution()
                .command(
                        PATIENCE,
                        Map.of(),
                        "dns",
                        "--domain",
                        server.domain(),
                        "--data",
                        server.dataDirectory().toString(),
                        "--set",
                        "hostname=mx." + server.domain());
        if (printed.exitStatus() != 0) {
            throw new IllegalStateException(String.join("\n", printed.output()));
        }
        return printed.output();
    }

    /** Closes what was opened, the last first, and all of it even when one fails. */
    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Exception first = null;
        for (int index = open.size() - 1; index >= 0; index--) {
            try {
                open.get(index).close();
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    ChatmailServer here() {
        return here;
    }

    /** It gives up what it can't deliver after a few seconds. */
    ChatmailServer there() {
        return there;
    }

    PostfixServer postfix() {
        return postfix;
    }

    VirtualHost postfixHost() {
        return postfixHost;
    }

    /** Sends one message. */
    static EncryptedMail send(MailAccount sender, String recipient) {
        return send(sender, recipient, 1).get(0);
    }

    /** Sends many messages over one connection. */
    static List<EncryptedMail> send(MailAccount sender, String recipient, int count) {
        List<EncryptedMail> sent = new ArrayList<>();
        try (SmtpDialogue smtp = sender.submission()) {
            for (int number = 0; number < count; number++) {
                EncryptedMail mail = EncryptedMail.from(sender.address());
                smtp.send(sender.address(), recipient, mail.text(), "250");
                sent.add(mail);
            }
        }
        return sent;
    }

    /** How many messages wait at {@code here} for a domain. */
    int waiting(String domain) {
        for (JsonNode queue : admin("GET", "/chatmail/queue")) {
            if (queue.get("domain").asText().equals(domain)) {
                return queue.get("messages").asInt();
            }
        }
        return 0;
    }

    /** Has {@code here} try all messages for a domain now. */
    void retry(String domain) {
        admin("POST", "/chatmail/queue/" + domain + "/retry");
    }

    /** WebAdmin is on the loopback of its host alone. */
    private JsonNode admin(String method, String path) {
        String answer = Programs.run(hereHost.command(
                "curl",
                "-sS",
                "-X",
                method,
                "-H",
                "Authorization: Bearer " + here.adminToken(),
                "http://127.0.0.1:" + here.ports().webAdmin() + path));
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(answer, e);
        }
    }

    void await(BooleanSupplier condition) {
        Deadline deadline = Deadline.after(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (deadline.hasPassed()) {
                throw new AssertionError("In vain for " + PATIENCE + ". Postfix: "
                        + String.join("\n", postfix.log()) + "\nhere: " + here.logTail() + "\nthere: "
                        + there.logTail());
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }
}
