package org.jameschatmail.integration.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.Distribution.CommandResult;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Starts on the data of an older version, and on those of a newer one. */
@DisabledIfSystemProperty(
        named = "chatmail.store",
        matches = "postgresql",
        disabledReason = "The scripts are the same there, and SchemaContract runs them on PostgreSQL too")
class UpgradeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SHUT_DOWN = "08006";

    /** What the scripts behind version 9 made, taken back: a new script has its place here too. */
    private static final List<String> BACK_TO_VERSION_9 = List.of(
            "DROP TABLE chatmail_setting",
            "DROP TABLE chatmail_invitation",
            "DROP TABLE chatmail_reservation",
            "DROP TABLE chatmail_ban",
            "DROP TABLE chatmail_admin_token",
            "DROP TABLE chatmail_recent_delivery",
            "DELETE FROM \"chatmail_schema_history\" WHERE \"installed_rank\" > 9");

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

    private static CommandResult run(ChatmailServer server) {
        return server.distribution()
                .command(PATIENCE, Map.of(), server.runArguments().toArray(String[]::new));
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

    @Test
    void accountsAndMailShouldBeThereWhenTheDataAreThoseOfAnOlderVersion() throws Exception {
        try (ChatmailServer server =
                ChatmailServer.start(ServerSettings.forDomain("chat.example").set("registration.guard.load", "0"))) {
            MailAccount alice = MailAccount.create(server);
            MailAccount bob = MailAccount.create(server);
            send(alice, bob);
            bob.awaitMessage(1);
            server.stop();
            change(server, BACK_TO_VERSION_9);

            server.restart();

            assertThat(bob.messageCount()).isEqualTo(1);
            send(alice, bob);
            bob.awaitMessage(2);
        }
    }

    @Test
    void startShouldBeRefusedAndNothingChangedWhenTheDataAreThoseOfANewerVersion() throws Exception {
        try (ChatmailServer server =
                ChatmailServer.start(ServerSettings.forDomain("chat.example").set("registration.guard.load", "0"))) {
            MailAccount alice = MailAccount.create(server);
            server.stop();
            change(server, List.of(BY_A_LATER_VERSION));

            CommandResult refused = run(server);

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
