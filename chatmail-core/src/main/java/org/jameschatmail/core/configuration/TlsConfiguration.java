package org.jameschatmail.core.configuration;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The server's certificate.
 *
 * @param mode where it comes from
 * @param certificate PEM chain; present when the mode is {@code files}
 * @param privateKey PEM key; present when the mode is {@code files}
 */
public record TlsConfiguration(TlsMode mode, Optional<Path> certificate, Optional<Path> privateKey) {
    public static final TlsConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public TlsConfiguration {
        if (mode == TlsMode.FILES && certificate.isEmpty()) {
            throw Keys.TLS_CERTIFICATE.rejected("needed with tls.mode=files", Keys.TLS_MODE);
        }
        if (mode == TlsMode.FILES && privateKey.isEmpty()) {
            throw Keys.TLS_PRIVATE_KEY.rejected("needed with tls.mode=files", Keys.TLS_MODE);
        }
    }

    public static TlsConfiguration from(Settings settings) {
        return new TlsConfiguration(
                settings.get(Keys.TLS_MODE), settings.get(Keys.TLS_CERTIFICATE), settings.get(Keys.TLS_PRIVATE_KEY));
    }
}
