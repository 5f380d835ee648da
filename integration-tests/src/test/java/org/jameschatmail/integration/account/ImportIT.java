package org.jameschatmail.integration.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.Distribution.CommandResult;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code chatmail import}, and what those notice whose accounts it takes: nothing. The hashes were made by OpenSSL and
 * libxcrypt; the files are those of a relay with Dovecot 2.3.19, and a database that sqlite3 wrote.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImportIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "the right password";
    /** {@code openssl passwd -6 -salt abcdefgh 'the right password'}. */
    private static final String HASH = "{SHA512-CRYPT}$6$abcdefgh$"
            + "ZOWQ.8IYYUMZIPqkFRa4KMwXZxUi.Jf6rjQe1ORono0QNoDHeqBfp82.FRG/9lqPiG104Lj2jpwpLJsZXr4Nw0";

    private static final String MOVED = "ac1_moved@chat.example";
    private static final String LONG_NAME = "longer.than_this-server.allows@chat.example";
    private static final String STRANGERS = "ac1_taken@chat.example";
    private static final String FROM_MADDY = "from.maddy@chat.example";

    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private static Path home;

    private static ChatmailServer server;
    private static long delivered;

    @BeforeAll
    static void start() throws IOException {
        server = ChatmailServer.start(ServerSettings.forDomain("chat.example").set("registration.guard.load", "0"));
        delivered = CLOCK.instant().minus(Duration.ofDays(1)).getEpochSecond();
        account(MOVED, HASH, 30);
        write(MOVED, "dovecot-uidlist", """
                3 V1795412468 N43 Ge13d490ff4d1036bcb45000083ecc375
                17 G1.M1P1.vm :%s,S=30,W=34
                41 W7018 :%s,S=6515,W=7018
                """.formatted(name(1), name(2)), 0);
        write(MOVED, "dovecot-keywords", "0 $MDNSent\n", 0);
        write(MOVED, "cur/" + name(1) + ",S=30,W=34:2,RSa", compressed("Subject: one\n\nhello\n"), 3);
        write(MOVED, "new/" + name(2) + ",S=6515,W=7018", "Subject: two\n\nfresh\n", 1);
        write(MOVED, "cur/" + name(3) + ",S=20:2,S", "Subject: old\n\n", 40);
        write(MOVED, ".DeltaChat/cur/" + name(4) + ":2,", "Subject: chat\n\nseparate\n", 2);
        write(MOVED, "metadata.json", "{\"devicetoken\": {\"openpgp:first\": 1795412468, \"second\": 1}}", 0);
        account(LONG_NAME, HASH, 0);
        account(STRANGERS, HASH, 1);
        write(STRANGERS, "new/" + name(5), "Subject: secret\n\n", 1);
        account("ac1_never@chat.example", HASH, 200);
        account("ac1_plain@chat.example", "{PLAIN}" + PASSWORD, 1);
        account("ac1_other@other.example", HASH, 1);
        Files.createDirectories(folder("ac1_nobod@chat.example").resolve("cur"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String name(int number) {
        return "%d.M%dP1.vm".formatted(delivered, number);
    }

    private static Path folder(String address) {
        return home.resolve("mail/chat.example").resolve(address);
    }

    private static void account(String address, String hash, int daysAgo) throws IOException {
        write(address, "password", hash, daysAgo);
        write(address, "enforceE2EEincoming", "", daysAgo);
    }

    private static void write(String address, String name, String text, int daysAgo) throws IOException {
        write(address, name, text.getBytes(StandardCharsets.UTF_8), daysAgo);
    }

    private static void write(String address, String name, byte[] content, int daysAgo) throws IOException {
        Path file = folder(address).resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(CLOCK.instant().minus(Duration.ofDays(daysAgo))));
    }

    private static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream stream = new GZIPOutputStream(compressed)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return compressed.toByteArray();
    }

    private static CommandResult run(String... arguments) {
        List<String> options =
                server.runArguments().subList(1, server.runArguments().size());
        return server.distribution()
                .command(
                        PATIENCE,
                        Map.of(),
                        Stream.concat(Stream.of(arguments), options.stream()).toArray(String[]::new));
    }

    private static JsonNode json(int exitStatus, String... arguments) throws Exception {
        CommandResult result =
                run(Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new));
        assertThat(result.exitStatus()).as(String.join("\n", result.output())).isEqualTo(exitStatus);
        return JSON.readTree(result.output().stream()
                .filter(line -> !line.startsWith("chatmail: "))
                .collect(Collectors.joining("\n")));
    }

    private static JsonNode importRelay(String... options) throws Exception {
        Stream<String> arguments =
                Stream.of("import", "relay", home.resolve("mail").toString());
        return json(1, Stream.concat(arguments, Stream.of(options)).toArray(String[]::new));
    }

    private static ImapDialogue imap() {
        return new MailAccount(server, MOVED, PASSWORD).imap();
    }

    private static String login(String address, String password) {
        return LoginReplies.imap(server.ports(), address, password);
    }

    @Test
    @Order(1)
    void nothingShouldBeTakenWhenItIsTriedOnly() throws Exception {
        assertThat(login(STRANGERS, "the stranger's own")).startsWith("a1 OK");

        JsonNode found = importRelay("--dry-run");

        assertThat(found.path("accounts")).hasToString("{\"moved\":2,\"known\":0,\"unused\":1,\"failed\":3}");
        assertThat(found.path("messages").path("stored").asInt()).isEqualTo(4);
        assertThat(json(0, "accounts").path("accounts")).hasSize(1);
    }

    @Test
    @Order(2)
    void accountsShouldBeTakenAndThoseThatCannotBeTold() throws Exception {
        JsonNode done = importRelay();

        assertThat(done.path("accounts")).hasToString("{\"moved\":2,\"known\":0,\"unused\":1,\"failed\":3}");
        assertThat(done.path("messages").path("stored").asInt()).isEqualTo(3);
        assertThat(done.path("messages").path("tooOld").asInt()).isEqualTo(1);
        assertThat(done.path("messages").path("deviceTokens").asInt()).isEqualTo(2);
        assertThat(done.path("failures").findValuesAsText("address"))
                .containsExactly("ac1_other@other.example", "ac1_plain@chat.example", STRANGERS);
        assertThat(json(0, "accounts", "show", MOVED).path("lastLogin").asText())
                .isEqualTo(LocalDate.now(CLOCK).minusDays(30).toString());
        assertThat(json(0, "accounts", "show", STRANGERS).path("messages").asInt())
                .isZero();
    }

    @Test
    @Order(3)
    void accountsShouldBeKnownWhenTheyAreTakenAgain() throws Exception {
        JsonNode done = importRelay();

        assertThat(done.path("accounts")).hasToString("{\"moved\":0,\"known\":2,\"unused\":1,\"failed\":3}");
        assertThat(done.path("messages").path("stored").asInt()).isZero();
        assertThat(done.path("messages").path("present").asInt()).isEqualTo(3);
    }

    @Test
    @Order(4)
    void ownerShouldBeLetInByTheOldPasswordAlone() throws Exception {
        assertThat(login(MOVED, "the wrong password")).isEqualTo(LoginReplies.IMAP_REFUSAL);
        assertThat(LoginReplies.smtp(server.ports(), MOVED, "the wrong password"))
                .isEqualTo(LoginReplies.SMTP_REFUSAL);
        assertThat(login(MOVED, "x".repeat(600))).isEqualTo(LoginReplies.IMAP_REFUSAL);
        assertThat(login(MOVED, PASSWORD)).startsWith("a1 OK");
        assertThat(LoginReplies.smtp(server.ports(), MOVED, PASSWORD)).startsWith("235");
        assertThat(login(LONG_NAME, PASSWORD)).startsWith("a1 OK");
        assertThat(login(STRANGERS, PASSWORD)).isEqualTo(LoginReplies.IMAP_REFUSAL);
        assertThat(login("ac1_plain@chat.example", "{PLAIN}" + PASSWORD)).startsWith("a1 OK");
    }

    @Test
    @Order(5)
    void clientShouldFindItsMailUnderTheNumbersItKnows() {
        try (ImapDialogue imap = imap()) {
            imap.play("""
                    C: a1 SELECT INBOX
                    S? \\* 2 EXISTS
                    S? \\* OK \\[UIDVALIDITY 1795412468] .*
                    S? \\* OK \\[UIDNEXT 43] .*
                    S* a1 OK
                    C: a2 UID FETCH 1:* (UID FLAGS RFC822.SIZE BODY.PEEK[TEXT])
                    S: * 1 FETCH
                    S: hello
                    S* a2 OK
                    C: a3 GETMETADATA INBOX /private/devicetoken
                    S* a3 OK
                    C: a4 STATUS DeltaChat (MESSAGES UNSEEN)
                    S: * STATUS "DeltaChat" (MESSAGES 1 UNSEEN 1)
                    S* a4 OK
                    """);
            assertThat(imap.transcript())
                    .anyMatch(line -> line.contains("UID 17") && line.contains("RFC822.SIZE 23"))
                    .anyMatch(
                            line -> line.contains("\\Answered") && line.contains("\\Seen") && line.contains("$MDNSent"))
                    .anyMatch(line -> line.contains("UID 41") && !line.contains("\\Seen"))
                    .contains("S: fresh", "S: openpgp:first second)");
        }
    }

    @Test
    @Order(6)
    void newMailShouldComeBehindTheOld() {
        MailAccount other = MailAccount.create(server);
        try (SmtpDialogue smtp = other.submission()) {
            smtp.send(
                    other.address(), MOVED, EncryptedMail.from(other.address()).text(), "250");
        }
        new MailAccount(server, MOVED, PASSWORD).awaitMessage(3);
        try (ImapDialogue imap = imap()) {
            imap.play("""
                    C: a1 SELECT INBOX
                    S* a1 OK
                    C: a2 FETCH 3 (UID)
                    S: * 3 FETCH (UID 43)
                    S* a2 OK
                    """);
        }
    }

    @Test
    @Order(7)
    void ownerOfAnAccountOfMaddyShouldBeLetInByTheOldPassword() throws Exception {
        Path database = home.resolve("credentials.db");
        try (InputStream made = Objects.requireNonNull(ImportIT.class.getResourceAsStream("/moving/maddy.db"))) {
            Files.write(database, made.readAllBytes());
        }

        JsonNode done = json(1, "import", "maddy", database.toString());

        assertThat(done.path("accounts")).hasToString("{\"moved\":1,\"known\":0,\"unused\":0,\"failed\":1}");
        assertThat(done.path("failures").findValuesAsText("address")).containsExactly("of.argon@chat.example");
        assertThat(login(FROM_MADDY, "the wrong password")).isEqualTo(LoginReplies.IMAP_REFUSAL);
        assertThat(login(FROM_MADDY, PASSWORD)).startsWith("a1 OK");
        assertThat(run("import", "maddy", home.resolve("none.db").toString()).output())
                .containsExactly("chatmail: There is no " + home.resolve("none.db"));
        assertThat(run("import", "relay", home.toString()).output()).anyMatch(line -> line.contains("/home/vmail"));
    }

    @Test
    @Order(8)
    void keyOfTheOtherServerShouldSign() throws Exception {
        Path key = home.resolve("opendkim.private");
        try (InputStream made = Objects.requireNonNull(ImportIT.class.getResourceAsStream("/dkim/pkcs1.pem"))) {
            Files.write(key, made.readAllBytes());
        }

        assertThat(run("dkim", "import", key.toString()).exitStatus()).isZero();

        assertThat(run("dkim", "list").output())
                .containsExactlyInAnyOrder("signing   opendkim", "waiting   dkim", "waiting   dkim-ed25519");
        assertThat(run("dkim", "import", home.toString(), "--selector", "other").output())
                .containsExactly("chatmail: " + home + " is no file of a key");
    }

    @Test
    @Order(9)
    void ownersShouldBeLetInAfterARestartToo() throws Exception {
        server.restart();

        for (String address : List.of(MOVED, LONG_NAME, FROM_MADDY)) {
            assertThat(login(address, "the wrong password")).isEqualTo(LoginReplies.IMAP_REFUSAL);
            assertThat(login(address, PASSWORD)).startsWith("a1 OK");
        }
        assertThat(json(0, "accounts", "show", MOVED).path("messages").asInt()).isEqualTo(4);
    }
}
