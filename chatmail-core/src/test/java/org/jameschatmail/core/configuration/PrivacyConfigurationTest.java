package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrivacyConfigurationTest {
    @Test
    void privacyShouldHaveDocumentedDefaults() {
        assertThat(PrivacyConfiguration.DEFAULT)
                .isEqualTo(new PrivacyConfiguration(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void privacyShouldMapEveryKey() {
        Settings settings = settings(Map.ofEntries(
                Map.entry("privacy.mail", "admin@chat.example"),
                Map.entry("privacy.postal", "Street 1, Town"),
                Map.entry("privacy.pdo", "Ms Doe"),
                Map.entry("privacy.supervisor", "The office")));

        assertThat(PrivacyConfiguration.from(settings))
                .isEqualTo(new PrivacyConfiguration(
                        Optional.of("admin@chat.example"),
                        Optional.of("Street 1, Town"),
                        Optional.of("Ms Doe"),
                        Optional.of("The office")));
    }
}
