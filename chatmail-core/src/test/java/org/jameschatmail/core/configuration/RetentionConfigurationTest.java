package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionConfigurationTest {
    @Test
    void retentionShouldHaveDocumentedDefaults() {
        assertThat(RetentionConfiguration.DEFAULT)
                .isEqualTo(new RetentionConfiguration(
                        Duration.ofDays(20),
                        Duration.ofDays(7),
                        200000,
                        Duration.ofDays(90),
                        Duration.ofDays(30),
                        500));
    }

    @Test
    void retentionShouldMapEveryKey() {
        Settings settings = settings(Map.ofEntries(
                Map.entry("retention.messages", "30d"),
                Map.entry("retention.large.messages", "3d"),
                Map.entry("retention.large.size", "100000"),
                Map.entry("retention.accounts", "24h"),
                Map.entry("retention.addresses", "2d"),
                Map.entry("retention.rate", "50")));

        assertThat(RetentionConfiguration.from(settings))
                .isEqualTo(new RetentionConfiguration(
                        Duration.ofDays(30), Duration.ofDays(3), 100000, Duration.ofDays(1), Duration.ofDays(2), 50));
    }
}
