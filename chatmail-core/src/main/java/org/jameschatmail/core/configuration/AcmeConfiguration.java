package org.jameschatmail.core.configuration;

import java.net.URI;
import java.util.Optional;

/**
 * The certificate authority for {@code tls.mode=acme}.
 *
 * @param email where it writes to
 * @param directory its directory resource (RFC 8555, section 7.1.1)
 * @param challenge how it sees that the names are ours
 */
public record AcmeConfiguration(Optional<String> email, URI directory, AcmeChallenge challenge) {
    public static final AcmeConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public AcmeConfiguration {
        Keys.ACME_EMAIL.require(email);
        Keys.ACME_DIRECTORY.require(directory);
    }

    public static AcmeConfiguration from(Settings settings) {
        if (settings.get(Keys.TLS_MODE) == TlsMode.ACME && isBeyondAuthorities(settings)) {
            throw Keys.TLS_MODE.rejected("no authority certifies a name that begins with _", Keys.DOMAIN);
        }
        return new AcmeConfiguration(
                settings.get(Keys.ACME_EMAIL), settings.get(Keys.ACME_DIRECTORY), settings.get(Keys.ACME_CHALLENGE));
    }

    /** Underscores are for names that aren't hosts. */
    private static boolean isBeyondAuthorities(Settings settings) {
        return RelayConfiguration.from(settings).hostname().text().indexOf('_') >= 0;
    }
}
