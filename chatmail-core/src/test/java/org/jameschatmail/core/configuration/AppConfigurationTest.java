package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppConfigurationTest {
    @Test
    void appShouldHaveDocumentedDefaults() {
        assertThat(AppConfiguration.DEFAULT).isEqualTo(new AppConfiguration(Optional.empty()));
    }

    @Test
    void appShouldMapEveryKey() {
        Settings settings = settings(Map.of("app.versions", "/srv/versions.json"));

        assertThat(AppConfiguration.from(settings))
                .isEqualTo(new AppConfiguration(Optional.of(Path.of("/srv/versions.json"))));
    }
}
