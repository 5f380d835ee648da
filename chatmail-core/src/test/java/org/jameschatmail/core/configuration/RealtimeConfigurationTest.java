package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RealtimeConfigurationTest {
    @Test
    void realtimeShouldHaveDocumentedDefaults() {
        assertThat(RealtimeConfiguration.DEFAULT)
                .isEqualTo(new RealtimeConfiguration(Optional.empty(), Optional.empty()));
    }

    @Test
    void realtimeShouldMapEveryKey() {
        Settings settings = settings(Map.ofEntries(
                Map.entry("iroh.url", "https://iroh.example"),
                Map.entry("turn.host", "turn.example"),
                Map.entry("turn.port", "3479"),
                Map.entry("turn.secret", "hush")));

        assertThat(RealtimeConfiguration.from(settings))
                .isEqualTo(new RealtimeConfiguration(
                        Optional.of(URI.create("https://iroh.example")),
                        Optional.of(new TurnServer("turn.example", 3479, "hush"))));
    }

    @Test
    void turnPortShouldBeStandardWhenNotSet() {
        Settings settings = settings(Map.of("turn.host", "turn.example", "turn.secret", "hush"));

        assertThat(RealtimeConfiguration.from(settings).turn().map(TurnServer::port))
                .contains(3478);
    }

    @Test
    void realtimeShouldRejectTurnWhenHalfOfItIsMissing() {
        assertThatThrownBy(() -> RealtimeConfiguration.from(settings(Map.of("turn.host", "turn.example"))))
                .hasMessage("turn.secret: needed with turn.host");
        assertThatThrownBy(() -> RealtimeConfiguration.from(settings(Map.of("turn.secret", "hush"))))
                .hasMessage("turn.host: needed with turn.secret");
        assertThatThrownBy(() -> RealtimeConfiguration.from(settings(Map.of("turn.port", "1"))))
                .hasMessage("turn.host: needed with turn.port");
    }

    @Test
    void turnServerShouldHideSecretWhenPrinted() {
        assertThat(new TurnServer("turn.example", 1, "hush").toString())
                .contains("turn.example")
                .doesNotContain("hush");
    }
}
