package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcmeConfigurationTest {
    @Test
    void acmeShouldHaveDocumentedDefaults() {
        assertThat(AcmeConfiguration.DEFAULT)
                .isEqualTo(new AcmeConfiguration(
                        Optional.empty(),
                        URI.create("https://acme-v02.api.letsencrypt.org/directory"),
                        AcmeChallenge.ANY));
    }

    @Test
    void acmeShouldMapEveryKey() {
        Settings settings = settings(Map.ofEntries(
                Map.entry("acme.email", "admin@chat.example"),
                Map.entry("acme.directory", "https://ca.example/dir"),
                Map.entry("acme.challenge", "tls-alpn-01")));

        assertThat(AcmeConfiguration.from(settings))
                .isEqualTo(new AcmeConfiguration(
                        Optional.of("admin@chat.example"),
                        URI.create("https://ca.example/dir"),
                        AcmeChallenge.TLS_ALPN_01));
    }

    @Test
    void acmeShouldBeRefusedWhenNoAuthorityCertifiesTheName() {
        Settings settings = settings(Map.of("tls.mode", "acme", "domain", "_test.example"));

        assertThatThrownBy(() -> AcmeConfiguration.from(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("tls.mode: no authority certifies a name that begins with _");
        assertThat(AcmeConfiguration.from(settings(Map.of("domain", "_test.example"))))
                .isEqualTo(AcmeConfiguration.DEFAULT);
    }
}
