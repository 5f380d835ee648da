package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.util.Map;
import org.junit.jupiter.api.Test;

class IncomingConfigurationTest {
    @Test
    void incomingShouldHaveDocumentedDefaults() {
        assertThat(IncomingConfiguration.DEFAULT).isEqualTo(new IncomingConfiguration(DkimMode.REQUIRE));
    }

    @Test
    void incomingShouldMapEveryKey() {
        Settings settings = settings(Map.of("incoming.dkim", "off"));

        assertThat(IncomingConfiguration.from(settings)).isEqualTo(new IncomingConfiguration(DkimMode.OFF));
    }
}
