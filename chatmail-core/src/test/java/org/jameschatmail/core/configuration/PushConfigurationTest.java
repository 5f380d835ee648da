package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushConfigurationTest {
    @Test
    void pushShouldHaveDocumentedDefaults() {
        assertThat(PushConfiguration.DEFAULT)
                .isEqualTo(new PushConfiguration(Optional.of(URI.create("https://notifications.delta.chat/notify"))));
    }

    @Test
    void pushShouldMapEveryKey() {
        Settings settings = settings(Map.of("push.url", ""));

        assertThat(PushConfiguration.from(settings)).isEqualTo(new PushConfiguration(Optional.empty()));
    }
}
