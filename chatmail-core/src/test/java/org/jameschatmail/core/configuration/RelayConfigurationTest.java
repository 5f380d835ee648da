package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.util.Map;
import org.jameschatmail.core.address.MailDomain;
import org.junit.jupiter.api.Test;

class RelayConfigurationTest {
    @Test
    void relayShouldHaveDocumentedDefaults() {
        assertThat(RelayConfiguration.DEFAULT)
                .isEqualTo(new RelayConfiguration(new MailDomain("chat.localhost"), new MailDomain("chat.localhost")));
    }

    @Test
    void relayShouldMapEveryKey() {
        Settings settings =
                settings(Map.ofEntries(Map.entry("domain", "Chat.Example"), Map.entry("hostname", "mx.chat.example")));

        assertThat(RelayConfiguration.from(settings))
                .isEqualTo(new RelayConfiguration(new MailDomain("chat.example"), new MailDomain("mx.chat.example")));
    }

    @Test
    void hostnameShouldBeDomainWhenNotSet() {
        RelayConfiguration relay = RelayConfiguration.from(settings(Map.of("domain", "[192.0.2.1]")));

        assertThat(relay.hostname()).isEqualTo(new MailDomain("[192.0.2.1]"));
    }
}
