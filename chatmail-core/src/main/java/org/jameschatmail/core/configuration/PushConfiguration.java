package org.jameschatmail.core.configuration;

import java.net.URI;
import java.util.Optional;

/**
 * Push notifications.
 *
 * @param url the notification proxy; empty is off
 */
public record PushConfiguration(Optional<URI> url) {
    public static final PushConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public static PushConfiguration from(Settings settings) {
        return new PushConfiguration(settings.get(Keys.PUSH_URL));
    }
}
