package org.jameschatmail.core.configuration;

import java.util.Optional;

/**
 * Where mail and accounts are stored. The text form hides a password in the URL.
 *
 * @param url JDBC URL; empty is embedded Derby in the data directory
 * @param mailbox what keeps the mailboxes
 */
public record StoreConfiguration(Optional<String> url, MailboxStore mailbox) {
    public static final StoreConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public StoreConfiguration {
        Keys.STORE_URL.require(url);
    }

    public static StoreConfiguration from(Settings settings) {
        return new StoreConfiguration(settings.get(Keys.STORE_URL), settings.get(Keys.STORE_MAILBOX));
    }

    @Override
    public String toString() {
        return "StoreConfiguration[url=" + url.map(Masks::jdbcPassword).orElse("") + ", mailbox=" + mailbox + "]";
    }
}
