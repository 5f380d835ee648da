package org.jameschatmail.core.configuration;

import java.net.URI;
import java.util.Optional;

/**
 * The certificate authority for {@code tls.mode=acme}.
 *
 * @param email where it writes to
 * @param directory its directory resource (RFC 8555, section 7.1.1)
 */
public record AcmeConfiguration(Optional<String> email, URI directory) {
    public static final AcmeConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public AcmeConfiguration {
        Keys.ACME_EMAIL.require(email);
        Keys.ACME_DIRECTORY.require(directory);
    }

    public static AcmeConfiguration from(Settings settings) {
        return new AcmeConfiguration(settings.get(Keys.ACME_EMAIL), settings.get(Keys.ACME_DIRECTORY));
    }
}
