package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageConfigurationTest {
    @Test
    void messageShouldHaveDocumentedDefaults() {
        assertThat(MessageConfiguration.DEFAULT).isEqualTo(new MessageConfiguration(31457280, 1000));
    }

    @Test
    void messageShouldMapEveryKey() {
        Settings settings = settings(
                Map.ofEntries(Map.entry("message.size.max", "10MB"), Map.entry("message.recipients.max", "50")));

        assertThat(MessageConfiguration.from(settings)).isEqualTo(new MessageConfiguration(10485760, 50));
    }
}
