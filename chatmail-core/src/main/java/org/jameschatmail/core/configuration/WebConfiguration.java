package org.jameschatmail.core.configuration;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The public web pages.
 *
 * @param folder the operator's own pages, which replace the built-in ones
 */
public record WebConfiguration(Optional<Path> folder) {
    public static final WebConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public static WebConfiguration from(Settings settings) {
        return new WebConfiguration(settings.get(Keys.WEB_FOLDER));
    }
}
