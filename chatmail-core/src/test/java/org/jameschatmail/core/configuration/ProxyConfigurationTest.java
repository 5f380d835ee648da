package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxyConfigurationTest {
    @Test
    void proxyShouldHaveDocumentedDefaults() {
        assertThat(ProxyConfiguration.DEFAULT).isEqualTo(new ProxyConfiguration(List.of()));
    }

    @Test
    void proxyShouldMapEveryKey() throws Exception {
        ProxyConfiguration configuration =
                ProxyConfiguration.from(settings(Map.of("proxy.trusted", "192.0.2.1, 10.0.0.0/8")));

        assertThat(configuration.proxies().trusts(InetAddress.getByName("192.0.2.1")))
                .isTrue();
        assertThat(configuration.proxies().trusts(InetAddress.getByName("10.1.2.3")))
                .isTrue();
        assertThat(configuration.proxies().trusts(InetAddress.getByName("192.0.2.2")))
                .isFalse();
    }
}
