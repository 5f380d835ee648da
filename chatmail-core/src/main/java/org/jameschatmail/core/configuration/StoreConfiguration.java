package org.jameschatmail.core.configuration;

import java.util.Optional;

/**
 * Where mail and accounts are stored. The text form hides a password in the URL.
 *
 * @param url JDBC URL; empty is embedded Derby in the data directory
 */
public record StoreConfiguration(Optional<String> url) {
    public static final StoreConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public StoreConfiguration {
        Keys.STORE_URL.require(url);
    }

    public static StoreConfiguration from(Settings settings) {
        return new StoreConfiguration(settings.get(Keys.STORE_URL));
    }

    @Override
    public String toString() {
        return "StoreConfiguration[url=" + url.map(Masks::jdbcPassword).orElse("") + "]";
    }
}
