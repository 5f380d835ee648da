package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotaConfigurationTest {
    @Test
    void quotaShouldHaveDocumentedDefaults() {
        assertThat(QuotaConfiguration.DEFAULT)
                .isEqualTo(new QuotaConfiguration(524288000, 75, 70, Duration.ofHours(24)));
    }

    @Test
    void quotaShouldMapEveryKey() {
        Settings settings = settings(Map.ofEntries(
                Map.entry("quota.storage", "1GB"),
                Map.entry("quota.expire.above", "90%"),
                Map.entry("quota.expire.to", "80"),
                Map.entry("quota.expire.protect", "5m")));

        assertThat(QuotaConfiguration.from(settings))
                .isEqualTo(new QuotaConfiguration(1073741824, 90, 80, Duration.ofMinutes(5)));
    }

    @Test
    void quotaShouldRejectExpiryWhenTargetIsNotBelowThreshold() {
        assertThatThrownBy(() -> QuotaConfiguration.from(settings(Map.of("quota.expire.to", "75"))))
                .hasMessage("quota.expire.to: 75 is not below quota.expire.above, which is 75");
    }
}
