package org.jameschatmail.integration.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.Distribution;
import org.jameschatmail.integration.server.Distribution.CommandResult;
import org.jameschatmail.integration.server.ServerPorts;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.protocols.dkim.NameServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;

/** A machine that is well, and what is said of one that isn't. */
class DoctorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private NameServer dns;
    private ServerSocket web;
    private volatile Duration ahead = Duration.ZERO;
    private ServerSocket peer;
    private final ServerPorts ports = ServerPorts.free();

    @BeforeEach
    void startNeighbors() throws Exception {
        dns = NameServer.start();
        dns.records(
                "peer.test",
                new ARecord(Name.fromString("peer.test."), DClass.IN, 60, InetAddress.getLoopbackAddress()));
        web = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        answer(
                web,
                () -> "HTTP/1.1 404 Not Found\r\nDate: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                        .formatted(DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                ZonedDateTime.now(ZoneOffset.UTC).plus(ahead))));
        peer = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        answer(peer, () -> "220 peer\r\n");
    }

    /** Says the same to everybody, whatever they say. */
    private static void answer(ServerSocket listener, Supplier<String> words) {
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    try (Socket socket = listener.accept()) {
                        socket.getOutputStream().write(words.get().getBytes(StandardCharsets.US_ASCII));
                        socket.shutdownOutput();
                        socket.getInputStream().readAllBytes();
                    }
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stopNeighbors() throws Exception {
        dns.close();
        web.close();
        peer.close();
    }

    /** @param more comes after the arguments of a machine that is well */
    private CommandResult doctor(String... more) {
        List<String> arguments = new ArrayList<>(List.of("doctor", "--json", "--peer", "peer.test"));
        Map<String, String> settings = new TreeMap<>(Map.of(
                "domain", "chat.localhost",
                "bind.address", "127.0.0.1",
                "dns.server", dns.address().toString(),
                "privacy.mail", "admin@chat.example",
                "registration.guard.memory", "0",
                "registration.guard.disk", "0",
                "port.offset", String.valueOf(ports.offset()),
                "push.url", "http://127.0.0.1:" + web.getLocalPort() + "/notify"));
        settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        arguments.addAll(List.of("--data", folder.resolve("data").toString()));
        arguments.addAll(List.of(more));
        return Distribution.unpacked()
                .command(
                        PATIENCE,
                        Map.of("JAVA_TOOL_OPTIONS", "-Dchatmail.remote.smtp-port=" + peer.getLocalPort()),
                        arguments.toArray(String[]::new));
    }

    /** Each finding as {@code subject grade seen}, without those that are ok. */
    private static List<String> complaints(CommandResult result) throws Exception {
        List<String> complaints = new ArrayList<>();
        for (JsonNode finding : document(result).get("findings")) {
            if (!finding.get("grade").asText().equals("ok")) {
                assertThat(finding.get("advice").asText()).isNotEmpty();
                complaints.add("%s %s %s"
                        .formatted(
                                finding.get("subject").asText(),
                                finding.get("grade").asText(),
                                finding.get("seen").asText()));
            }
        }
        return complaints;
    }

    private static JsonNode document(CommandResult result) throws Exception {
        List<String> lines = result.output().stream()
                .filter(line -> !line.startsWith("Picked up "))
                .toList();
        return new ObjectMapper().readTree(String.join("\n", lines));
    }

    @Test
    void machineThatIsWellShouldGetAGoodReport() throws Exception {
        CommandResult result = doctor();

        assertThat(complaints(result)).containsExactly("settings warn chat.localhost is a name of this machine alone");
        assertThat(result.exitStatus()).isZero();
        assertThat(document(result).get("good").asBoolean()).isTrue();
        assertThat(document(result).get("findings")).hasSize(10);
        assertThat(folder.resolve("data")).as("the doctor changes nothing").doesNotExist();
    }

    @Test
    void eachAilmentShouldBeNamed() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        ahead = Duration.ofMinutes(10);
        try (ServerSocket taken = new ServerSocket(ports.imaps(), 1, InetAddress.getLoopbackAddress())) {
            CommandResult result = doctor(
                    "--set",
                    "domain=chat.example",
                    "--set",
                    "incoming.dkim=off",
                    "--set",
                    "send.rate.per-minute=0",
                    "--set",
                    "tls.mode=files",
                    "--set",
                    "tls.certificate=" + folder.resolve("none.pem"),
                    "--set",
                    "tls.private-key=" + folder.resolve("none.pem"),
                    "--set",
                    "registration.guard.disk=1000TB",
                    "--peer",
                    "unknown.test");

            assertThat(complaints(result))
                    .anyMatch(line -> line.startsWith("settings warn incoming.dkim=off"))
                    .anyMatch(line -> line.startsWith("settings warn send.rate.per-minute is off"))
                    .anyMatch(line -> line.startsWith("data warn "))
                    .anyMatch(line -> line.startsWith("disk warn "))
                    .anyMatch(line -> line.startsWith("ports fail Port " + taken.getLocalPort() + " for imaps"))
                    .anyMatch(line -> line.startsWith("certificate fail tls.certificate: there is no file"))
                    .anyMatch(line -> line.matches("clock fail (599|600|601) s slow"))
                    .anyMatch(line -> line.startsWith("dns fail the keys that sign are not made yet"))
                    .anyMatch(line -> line.startsWith("outgoing fail no mail host of unknown.test"))
                    .hasSize(9);
            assertThat(result.exitStatus()).isEqualTo(1);
        }
    }

    @Test
    void runningServerShouldBeKnownAndItsZoneLookedAt() throws Exception {
        try (ChatmailServer server = ChatmailServer.start(ServerSettings.forDomain("chat.example")
                .set("dns.server", dns.address().toString()))) {
            CommandResult result = doctor(
                    "--data",
                    server.dataDirectory().toString(),
                    "--set",
                    "domain=chat.example",
                    "--port-offset",
                    String.valueOf(server.ports().offset()));

            assertThat(complaints(result))
                    .anyMatch(line -> line.startsWith("certificate fail no authority that this machine knows"))
                    .anyMatch(line -> line.startsWith("dns fail missing chat.example MX"))
                    .hasSize(2);
            assertThat(String.join("\n", result.output())).contains("the server runs (process " + server.pid() + ")");
            assertThat(result.exitStatus()).isEqualTo(1);
        }
    }

    @Test
    void gatewayShouldBeCalledInsteadOfThePeer() throws Exception {
        String greeting = "delivery.gateway=127.0.0.1:" + peer.getLocalPort();
        String silent = "delivery.gateway=127.0.0.1:" + ports.smtp();

        assertThat(complaints(doctor("--set", greeting, "--peer", "unknown.test")))
                .noneMatch(line -> line.startsWith("outgoing"));
        assertThat(complaints(doctor("--set", silent)))
                .contains("outgoing fail everything goes to 127.0.0.1:%d, which doesn't greet".formatted(ports.smtp()));
    }

    @Test
    void faultsOfTheSettingsShouldBeFindings() throws Exception {
        CommandResult result = doctor("--set", "quota.storage=lots");

        assertThat(complaints(result))
                .hasSize(1)
                .allMatch(line -> line.startsWith("settings fail --set: quota.storage"));
        assertThat(result.exitStatus()).isEqualTo(2);
        assertThat(doctor("--peer", "@").exitStatus()).isEqualTo(2);
    }
}
