package org.jameschatmail.integration.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.admin.WebAdmin;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.Distribution.CommandResult;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.protocols.dkim.NameServer;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Master;
import org.xbill.DNS.Record;

/** {@code chatmail dkim} beside a server that runs. */
class KeyRotationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static CommandResult keys(ChatmailServer server, NameServer dns, String... step) {
        List<String> arguments = new ArrayList<>(List.of("dkim"));
        arguments.addAll(List.of(step));
        arguments.addAll(List.of(
                "--domain",
                server.domain(),
                "--data",
                server.dataDirectory().toString(),
                "--set",
                "dns.server=" + dns.address()));
        return server.distribution().command(PATIENCE, Map.of(), arguments.toArray(String[]::new));
    }

    private static List<String> published(ChatmailServer server) {
        return new WebAdmin(server).send("GET", "/chatmail/dkim").body().lines().toList();
    }

    @Test
    void runningServerShouldHeedEachStep() throws Exception {
        try (NameServer dns = NameServer.start();
                ChatmailServer server = ChatmailServer.start(ServerSettings.forDomain("chat.example"))) {
            MailAccount.create(server);
            assertThat(keys(server, dns).output()).containsExactly("signing   dkim", "signing   dkim-ed25519");

            CommandResult rotated = keys(server, dns, "rotate");

            assertThat(rotated.exitStatus()).isZero();
            assertThat(rotated.output()).hasSize(3);
            assertThat(keys(server, dns, "rotate").exitStatus()).isEqualTo(1);
            assertThat(String.join("", published(server)))
                    .contains("dkim._domainkey")
                    .contains(selector(rotated, 1));

            CommandResult early = keys(server, dns, "activate");
            assertThat(early.exitStatus()).isEqualTo(1);
            assertThat(early.output()).anyMatch(line -> line.startsWith("missing"));

            publish(dns, rotated);
            CommandResult activated = keys(server, dns, "activate");
            assertThat(activated.exitStatus())
                    .as(String.join("\n", activated.output()))
                    .isZero();
            assertThat(keys(server, dns).output())
                    .contains(
                            "retiring  dkim",
                            "signing   " + selector(rotated, 1).replace("._domainkey.chat.example", ""));

            CommandResult retired = keys(server, dns, "retire");
            assertThat(retired.output())
                    .contains("Take these names out of the DNS: dkim._domainkey.chat.example,"
                            + " dkim-ed25519._domainkey.chat.example");
            assertThat(String.join("", published(server))).doesNotContain("dkim._domainkey");
            assertThat(keys(server, dns, "retire").exitStatus()).isEqualTo(1);
            assertThat(keys(server, dns, "rotat").exitStatus()).isEqualTo(2);
        }
    }

    /** Without the final dot. */
    private static String selector(CommandResult rotated, int line) {
        return rotated.output().get(line).split("\\. ", 2)[0];
    }

    private static void publish(NameServer dns, CommandResult rotated) throws Exception {
        for (String line : rotated.output().subList(1, 3)) {
            Record record;
            try (Master master =
                    new Master(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.US_ASCII)))) {
                record = master.nextRecord();
            }
            dns.records(record.getName().toString(), record);
        }
    }
}
