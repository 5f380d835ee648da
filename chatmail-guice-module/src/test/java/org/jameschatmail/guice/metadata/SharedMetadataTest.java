package org.jameschatmail.guice.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.TurnServer;
import org.jameschatmail.guice.Configurations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedMetadataTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    /** HMAC-SHA1 of "1700172800" under "turn secret", by Python's hmac module. */
    private static final String TURN = "turn.example:3479:1700172800:kfqgb1UNzCiotuMEZ49JVioQxQk=";

    private static Map<String, String> entries(Map<String, String> keys) throws IOException {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        ChatmailConfiguration configuration = Configurations.with(keys);
        AppVersions versions = AppVersions.open(configuration.app().versions(), clock);
        return new SharedMetadata(configuration, versions, clock)
                .entries().entrySet().stream()
                        .collect(Collectors.toMap(entry -> entry.getKey().path(), Map.Entry::getValue));
    }

    @Test
    void entriesShouldBeFewWhenNothingIsConfigured() throws IOException {
        assertThat(entries(Map.of()))
                .containsOnly(
                        Map.entry("/shared/comment", "Chatmail relay of chat.example"),
                        Map.entry("/shared/vendor/deltachat/maxsmtprecipients", "1000"));
    }

    @Test
    void entriesShouldTellWhatIsConfigured(@TempDir Path folder) throws IOException {
        Path versions = Files.writeString(folder.resolve("versions.json"), "{\"clients\": []}\n");
        assertThat(entries(Map.of(
                        "privacy.mail", "admin@chat.example",
                        "iroh.url", "https://iroh.example/",
                        "turn.host", "turn.example",
                        "turn.port", "3479",
                        "turn.secret", "turn secret",
                        "app.versions", versions.toString(),
                        "message.recipients.max", "50")))
                .containsEntry("/shared/admin", "mailto:admin@chat.example")
                .containsEntry("/shared/vendor/deltachat/irohrelay", "https://iroh.example/")
                .containsEntry("/shared/vendor/deltachat/turn", TURN)
                .containsEntry("/shared/vendor/deltachat/appversions", "{\"clients\":[]}")
                .containsEntry("/shared/vendor/deltachat/maxsmtprecipients", "50");
    }

    @Test
    void turnCredentialsShouldBeThoseThatTheServerComputes() {
        assertThat(TurnCredentials.issue(new TurnServer("turn.example", 3479, "turn secret"), NOW))
                .isEqualTo(TURN);
    }
}
