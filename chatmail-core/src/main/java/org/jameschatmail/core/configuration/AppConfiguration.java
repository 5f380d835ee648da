package org.jameschatmail.core.configuration;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What clients are told of their own kind.
 *
 * @param versions a file with the newest versions of apps
 */
public record AppConfiguration(Optional<Path> versions) {
    public static final AppConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public static AppConfiguration from(Settings settings) {
        return new AppConfiguration(settings.get(Keys.APP_VERSIONS));
    }
}
