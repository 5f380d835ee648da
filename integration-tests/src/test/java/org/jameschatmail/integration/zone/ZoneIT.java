package org.jameschatmail.integration.zone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jameschatmail.integration.server.Distribution;
import org.jameschatmail.integration.server.Distribution.CommandResult;
import org.jameschatmail.protocols.dkim.NameServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** {@code chatmail dns} of the distribution, and a name server that publishes what it prints. */
class ZoneIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private NameServer dns;

    @BeforeEach
    void startNameServer() throws Exception {
        dns = NameServer.start();
    }

    @AfterEach
    void stopNameServer() throws Exception {
        dns.close();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private CommandResult zone(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "dns",
                "--domain",
                "chat.example",
                "--data",
                data().toString(),
                "--set",
                "hostname=mx.chat.example",
                "--set",
                "bind.address=203.0.113.7",
                "--set",
                "dns.server=" + dns.address()));
        arguments.addAll(List.of(more));
        return Distribution.unpacked().command(PATIENCE, Map.of(), arguments.toArray(String[]::new));
    }

    private void publish(List<String> zone) throws Exception {
        byte[] file = String.join("\n", zone).concat("\n").getBytes(StandardCharsets.US_ASCII);
        Map<Name, List<Record>> names = new LinkedHashMap<>();
        try (Master master = new Master(new ByteArrayInputStream(file))) {
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                names.computeIfAbsent(record.getName(), name -> new ArrayList<>())
                        .add(record);
            }
        }
        names.forEach((name, records) -> dns.records(name.toString(), records.toArray(Record[]::new)));
    }

    @Test
    void zoneShouldBeAsNeededOnceItIsPublished() throws Exception {
        CommandResult printed = zone();

        assertThat(printed.exitStatus()).isZero();
        assertThat(printed.output())
                .contains("chat.example. 3600 IN MX 10 mx.chat.example.", "mx.chat.example. 3600 IN A 203.0.113.7")
                .anyMatch(line -> line.startsWith("dkim._domainkey.chat.example. 3600 IN TXT \"v=DKIM1; k=rsa; p="))
                .anyMatch(line -> line.startsWith("dkim-ed25519._domainkey.chat.example. 3600 IN TXT "))
                .allMatch(line -> line.startsWith("; ") || line.contains(" 3600 IN "));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
                .isEqualTo("rwx------");
        CommandResult before = zone("--check");
        assertThat(before.exitStatus()).isEqualTo(1);
        assertThat(before.output())
                .contains("missing    chat.example MX", "  add      chat.example. 3600 IN MX 10 mx.chat.example.");

        publish(printed.output());

        CommandResult after = zone("--check");
        assertThat(after.output()).noneMatch(line -> line.matches("(missing|different|unknown) .*"));
        assertThat(after.exitStatus()).isZero();
    }

    @Test
    void differenceShouldBeToldToPrograms() throws Exception {
        publish(zone().output());
        dns.txt("_dmarc.chat.example", 60, "v=DMARC1; p=none");

        CommandResult checked = zone("--check", "--json");

        assertThat(checked.exitStatus()).isEqualTo(1);
        JsonNode document = new ObjectMapper().readTree(String.join("\n", checked.output()));
        List<String> states = new ArrayList<>();
        document.get("records").forEach(record -> {
            if (!record.get("state").asText().equals("published")) {
                states.add(record.get("name").asText() + record.get("published"));
            }
        });
        assertThat(states).containsExactly("_dmarc.chat.example[\"v=DMARC1; p=none\"]");
    }

    @Test
    void wrongArgumentShouldBeRefused() {
        assertThat(zone("--chek").exitStatus()).isEqualTo(2);
        assertThat(zone("--set", "domain=@").exitStatus()).isEqualTo(2);
        assertThat(data()).doesNotExist();
    }
}
