package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebConfigurationTest {
    @Test
    void webShouldHaveDocumentedDefaults() {
        assertThat(WebConfiguration.DEFAULT).isEqualTo(new WebConfiguration(Optional.empty()));
    }

    @Test
    void webShouldMapEveryKey() {
        Settings settings = settings(Map.of("web.folder", "/srv/www"));

        assertThat(WebConfiguration.from(settings)).isEqualTo(new WebConfiguration(Optional.of(Path.of("/srv/www"))));
    }
}
