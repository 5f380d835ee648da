package org.jameschatmail.integration.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.Folders;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What clients are told for calls and realtime channels; coturn judges the credentials. */
class RealtimeIT {
    private static final String SECRET = "north-of-the-river";
    private static final String VERSIONS = """
            {"clients": [{"clientId": "android", "sources": [{"sourceId": "apk", "versionInteger": 7,
              "versionString": "1.7", "downloadUrl": "https://apps.example/7"}]}]}
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Coturn COTURN = Coturn.start(SECRET);
    private static final Path FOLDER = Folders.createTemporary("versions-");
    private static final Path FILE = FOLDER.resolve("versions.json");

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(RealtimeIT::settings);

    private static MailAccount account;

    private static ServerSettings settings() {
        write(VERSIONS);
        return ServerSettings.forDomain("chat.localhost")
                .set("turn.host", "127.0.0.1")
                .set("turn.port", String.valueOf(COTURN.address().getPort()))
                .set("turn.secret", SECRET)
                .set("iroh.url", "https://iroh.example/")
                .set("app.versions", FILE.toString());
    }

    private static void write(String text) {
        try {
            Files.writeString(FILE, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    static void register() {
        account = MailAccount.create(SERVER.server());
    }

    @AfterAll
    static void stop() {
        COTURN.close();
        Folders.delete(FOLDER);
    }

    /** The value of an entry, as a client reads it. */
    private static String metadata(String name) {
        try (ImapDialogue imap = account.imap()) {
            imap.with("name", name).play("""
                    C: m1 GETMETADATA "" (/shared/vendor/deltachat/${name})
                    S: * METADATA
                    L~ (?s)(?<value>.*)
                    S* m1 OK
                    """);
            return imap.variable("value");
        }
    }

    private static int allocate(String user, String password) {
        return new TurnClient(COTURN.address()).allocate(user, password);
    }

    @Test
    void turnServerShouldTakeCredentialsThatClientsAreTold() {
        String[] told = metadata("turn").split(":");

        assertThat(told).hasSize(4);
        assertThat(told[0] + ":" + told[1])
                .isEqualTo("127.0.0.1:" + COTURN.address().getPort());
        assertThat(Instant.ofEpochSecond(Long.parseLong(told[2])))
                .isAfter(Instant.now().plus(Duration.ofHours(12)));
        assertThat(allocate(told[2], told[3])).isEqualTo(TurnClient.ALLOCATED);
    }

    @Test
    void turnServerShouldRefuseWhatWasNotTold() throws Exception {
        String[] told = metadata("turn").split(":");
        String past = Long.toString(Instant.now().minusSeconds(60).getEpochSecond());
        String later = Long.toString(Long.parseLong(told[2]) + 1);

        assertThat(allocate(told[2], told[3] + "x")).as("wrong password").isEqualTo(401);
        assertThat(allocate(later, told[3])).as("another end").isEqualTo(401);
        assertThat(allocate(past, password(past, SECRET))).as("expired").isEqualTo(401);
        assertThat(allocate(told[2], password(told[2], "other")))
                .as("another secret")
                .isEqualTo(401);
    }

    private static String password(String user, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void irohRelayShouldBeToldAsItIsSet() {
        assertThat(metadata("irohrelay")).isEqualTo("https://iroh.example/");
    }

    @Test
    void appVersionsShouldBeTakenUpWhenTheFileChanges() {
        assertThat(metadata("appversions"))
                .isEqualTo(
                        "{\"clients\":[{\"clientId\":\"android\",\"sources\":[{\"sourceId\":\"apk\","
                                + "\"versionInteger\":7,\"versionString\":\"1.7\",\"downloadUrl\":\"https://apps.example/7\"}]}]}");

        write("{\"clients\":[]}");
        Deadline deadline = Deadline.after(PATIENCE);
        while (!metadata("appversions").equals("{\"clients\":[]}")) {
            assertThat(deadline.hasPassed()).isFalse();
        }
    }
}
