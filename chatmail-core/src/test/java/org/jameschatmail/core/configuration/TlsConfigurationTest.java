package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TlsConfigurationTest {
    @Test
    void tlsShouldHaveDocumentedDefaults() {
        assertThat(TlsConfiguration.DEFAULT)
                .isEqualTo(new TlsConfiguration(TlsMode.SELF_SIGNED, Optional.empty(), Optional.empty()));
    }

    @Test
    void tlsShouldMapEveryKey() {
        Settings settings = settings(Map.ofEntries(
                Map.entry("tls.mode", "files"),
                Map.entry("tls.certificate", "/etc/chain.pem"),
                Map.entry("tls.private-key", "/etc/key.pem")));

        assertThat(TlsConfiguration.from(settings))
                .isEqualTo(new TlsConfiguration(
                        TlsMode.FILES, Optional.of(Path.of("/etc/chain.pem")), Optional.of(Path.of("/etc/key.pem"))));
    }

    @Test
    void tlsShouldRejectFilesWhenOneFileIsMissing() {
        assertThatThrownBy(() -> TlsConfiguration.from(settings(Map.of("tls.mode", "files", "tls.private-key", "k"))))
                .hasMessage("tls.certificate: needed with tls.mode=files");
        assertThatThrownBy(() -> TlsConfiguration.from(settings(Map.of("tls.mode", "files", "tls.certificate", "c"))))
                .hasMessage("tls.private-key: needed with tls.mode=files");
    }
}
