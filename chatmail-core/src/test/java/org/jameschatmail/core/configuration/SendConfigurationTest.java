package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SendConfigurationTest {
    @Test
    void sendShouldHaveDocumentedDefaults() {
        assertThat(SendConfiguration.DEFAULT).isEqualTo(new SendConfiguration(60, 10));
    }

    @Test
    void sendShouldMapEveryKey() {
        Settings settings =
                settings(Map.ofEntries(Map.entry("send.rate.per-minute", "30"), Map.entry("send.rate.burst", "5")));

        assertThat(SendConfiguration.from(settings)).isEqualTo(new SendConfiguration(30, 5));
    }

    @Test
    void sendShouldBeUnlimitedWhenEitherIsOff() {
        assertThat(SendConfiguration.DEFAULT.isLimited()).isTrue();
        assertThat(new SendConfiguration(0, 10).isLimited()).isFalse();
        assertThat(new SendConfiguration(60, 0).isLimited()).isFalse();
    }
}
