package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jameschatmail.core.address.HostAndPort;
import org.junit.jupiter.api.Test;

class DeliveryConfigurationTest {
    @Test
    void deliveryShouldHaveDocumentedDefaults() {
        assertThat(DeliveryConfiguration.DEFAULT)
                .isEqualTo(new DeliveryConfiguration(
                        LocalDeliveryMode.DIRECT,
                        Optional.empty(),
                        List.of(),
                        Duration.ofSeconds(60),
                        Duration.ofDays(2)));
    }

    @Test
    void deliveryShouldMapEveryKey() {
        Settings settings = settings(Map.ofEntries(
                Map.entry("delivery.local", "spool"),
                Map.entry("delivery.gateway", "[::1]:2525"),
                Map.entry("dns.server", "192.0.2.1, [::1]:5353"),
                Map.entry("queue.retry.first", "1s"),
                Map.entry("queue.lifetime", "1h")));

        assertThat(DeliveryConfiguration.from(settings))
                .isEqualTo(new DeliveryConfiguration(
                        LocalDeliveryMode.SPOOL,
                        Optional.of(new HostAndPort("::1", 2525)),
                        List.of(new HostAndPort("192.0.2.1", 53), new HostAndPort("::1", 5353)),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1)));
    }

    @Test
    void deliveryShouldRejectRetryWhenLongerThanLifetime() {
        assertThatThrownBy(() -> DeliveryConfiguration.from(settings(Map.of("queue.retry.first", "3d"))))
                .hasMessage("queue.retry.first: longer than queue.lifetime");
    }
}
