package org.jameschatmail.integration.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.admin.WebAdmin;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.Distribution.CommandResult;
import org.jameschatmail.integration.server.Folders;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Starts on the data of an older version, and on those of a newer one. */
@DisabledIfSystemProperty(
        named = "chatmail.store",
        matches = "postgresql",
        disabledReason = "The scripts are the same there, and SchemaContract runs them on PostgreSQL too")
class UpgradeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String LONG = "36500d";
    private static final String SHUT_DOWN = "08006";

    /**
     * Backups that older versions wrote, a file for each state of the tables that a version had. In each are bob and alice,
     * whose passwords begin alike; of three messages to bob the first is removed and the second seen; bob takes cleartext,
     * and one message waits for elsewhere.example. A release adds one, made in the same way.
     */
    private static final Path BACKUPS = Path.of("upgrade");

    private static final String BY_A_LATER_VERSION = """
            INSERT INTO "chatmail_schema_history"
            SELECT 999, '999', "description", "type", 'V999__later.sql', "checksum", "installed_by",
                "installed_on", "execution_time", "success"
            FROM "chatmail_schema_history" WHERE "version" = '1'
            """;

    /** Carried out in the database of a server that doesn't run. */
    private static void change(ChatmailServer server, List<String> statements) throws SQLException {
        System.setProperty("derby.stream.error.file", "target/derby.log");
        String url = "jdbc:derby:" + server.dataDirectory().resolve("database");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } finally {
            shutDown(url);
        }
    }

    private static void shutDown(String url) throws SQLException {
        try {
            DriverManager.getConnection(url + ";shutdown=true").close();
        } catch (SQLException e) {
            if (!SHUT_DOWN.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private static CommandResult run(ChatmailServer server, List<String> arguments) {
        return server.distribution().command(PATIENCE, Map.of(), arguments.toArray(String[]::new));
    }

    private static void send(MailAccount from, MailAccount to) {
        try (SmtpDialogue smtp = from.submission()) {
            smtp.send(
                    from.address(),
                    to.address(),
                    EncryptedMail.from(from.address()).text(),
                    "250");
        }
    }

    static Stream<Path> backups() throws IOException {
        try (Stream<Path> files = Files.list(BACKUPS)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("backups")
    void everythingShouldBeThereWhenTheDataAreThoseOfAnOlderVersion(Path backup) throws Exception {
        // What is in the backup grows older with each day.
        ServerSettings settings = ServerSettings.forDomain("chat.example")
                .set("dns.server", "127.0.0.1:1")
                .set("queue.lifetime", LONG)
                .set("retention.messages", LONG)
                .set("retention.accounts", LONG);
        try (ChatmailServer server = ChatmailServer.start(settings)) {
            server.stop();
            Folders.delete(server.dataDirectory());
            List<String> arguments = new ArrayList<>(server.runArguments());
            arguments.set(0, "restore");
            arguments.add(1, backup.toString());
            CommandResult restored = run(server, arguments);
            assertThat(restored.exitStatus())
                    .as(String.join("\n", restored.output()))
                    .isZero();

            server.restart();

            MailAccount alice = new MailAccount(server, "ac1_alice@chat.example", "a password of alice");
            MailAccount bob = new MailAccount(server, "ac1_bobby@chat.example", "a password of bobby");
            try (ImapDialogue imap = bob.imap()) {
                imap.play("""
                        C: a1 SELECT INBOX
                        S? \\* 2 EXISTS
                        S? \\* OK \\[UIDNEXT 4].*
                        S* a1 OK
                        C: a2 UID FETCH 1:* (FLAGS)
                        S: * 1 FETCH (FLAGS (\\Seen) UID 2)
                        S: * 2 FETCH (FLAGS () UID 3)
                        S* a2 OK
                        C: a3 LIST "" *
                        S? .*DeltaChat.*
                        S* a3 OK
                        """);
            }
            assertThat(bob.awaitMessage(1).text()).contains("Message-ID: <upgrade1@localhost>");
            WebAdmin admin = new WebAdmin(server);
            assertThat(admin.send("GET", "/chatmail/accounts/" + bob.address() + "/cleartext")
                            .body())
                    .isEqualTo("{\"accepted\":true}");
            assertThat(admin.send("GET", "/chatmail/queue").body()).contains("elsewhere.example");
            // And what came with newer tables works.
            assertThat(admin.send("POST", "/chatmail/tokens", "{\"label\":\"new\",\"uses\":1}")
                            .statusCode())
                    .isEqualTo(201);
            send(alice, bob);
            bob.awaitMessage(3);
        }
    }

    @Test
    void startShouldBeRefusedAndNothingChangedWhenTheDataAreThoseOfANewerVersion() throws Exception {
        try (ChatmailServer server =
                ChatmailServer.start(ServerSettings.forDomain("chat.example").set("registration.guard.load", "0"))) {
            MailAccount alice = MailAccount.create(server);
            server.stop();
            change(server, List.of(BY_A_LATER_VERSION));

            CommandResult refused = run(server, server.runArguments());

            assertThat(refused.exitStatus()).isEqualTo(1);
            assertThat(refused.output())
                    .anyMatch(line -> line.startsWith("chatmail: ")
                            && line.contains("newer version")
                            && line.contains("V999__later.sql"));
            change(server, List.of("DELETE FROM \"chatmail_schema_history\" WHERE \"version\" = '999'"));
            server.restart();
            assertThat(alice.messageCount()).isZero();
        }
    }
}
