package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SmtpConfigurationTest {
    @Test
    void smtpShouldHaveDocumentedDefaults() {
        assertThat(SmtpConfiguration.DEFAULT).isEqualTo(new SmtpConfiguration(2000, 200));
    }

    @Test
    void smtpShouldMapEveryKey() {
        Settings settings = settings(
                Map.ofEntries(Map.entry("smtp.connections.max", "10"), Map.entry("smtp.connections.per-network", "0")));

        assertThat(SmtpConfiguration.from(settings)).isEqualTo(new SmtpConfiguration(10, 0));
    }
}
