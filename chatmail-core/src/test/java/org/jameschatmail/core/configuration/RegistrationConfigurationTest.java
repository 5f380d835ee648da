package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistrationConfigurationTest {
    @Test
    void registrationShouldHaveDocumentedDefaults() {
        assertThat(RegistrationConfiguration.DEFAULT)
                .isEqualTo(new RegistrationConfiguration(
                        RegistrationMode.OPEN, 9, 9, Set.of(), 9, 300, 5, 209715200L, 1073741824L));
    }

    @Test
    void registrationShouldMapEveryKey() {
        Settings settings = settings(Map.ofEntries(
                Map.entry("registration.mode", "token"),
                Map.entry("registration.localpart.min", "4"),
                Map.entry("registration.localpart.max", "20"),
                Map.entry("registration.reserved", "team, billing"),
                Map.entry("registration.password.min", "12"),
                Map.entry("registration.rate.per-network", "7"),
                Map.entry("registration.guard.load", "2.5"),
                Map.entry("registration.guard.memory", "1KB"),
                Map.entry("registration.guard.disk", "2KB")));

        assertThat(RegistrationConfiguration.from(settings))
                .isEqualTo(new RegistrationConfiguration(
                        RegistrationMode.TOKEN, 4, 20, Set.of("team", "billing"), 12, 7, 2.5, 1024, 2048));
    }

    @Test
    void registrationShouldRejectLocalpartsWhenMinimumIsAboveMaximum() {
        assertThatThrownBy(() -> RegistrationConfiguration.from(settings(Map.of("registration.localpart.min", "10"))))
                .hasMessage("registration.localpart.min: 10 is above registration.localpart.max, which is 9");
    }
}
