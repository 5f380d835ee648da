package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ImapConfigurationTest {
    @Test
    void imapShouldHaveDocumentedDefaults() {
        assertThat(ImapConfiguration.DEFAULT).isEqualTo(new ImapConfiguration(true, AppendMode.ENCRYPTED, 20000, 200));
    }

    @Test
    void imapShouldMapEveryKey() {
        Settings settings = settings(Map.ofEntries(
                Map.entry("imap.capability.before-login", "false"),
                Map.entry("imap.append", "any"),
                Map.entry("imap.connections.max", "0"),
                Map.entry("imap.connections.per-network", "3")));

        assertThat(ImapConfiguration.from(settings)).isEqualTo(new ImapConfiguration(false, AppendMode.ANY, 0, 3));
    }
}
