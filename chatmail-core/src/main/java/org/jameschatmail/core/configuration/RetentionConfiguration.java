package org.jameschatmail.core.configuration;

import java.time.Duration;

/**
 * How long things are kept, counted from arrival and from the last login.
 *
 * @param messages every message
 * @param largeMessages seen messages above {@code largeSize}
 * @param largeSize bytes
 * @param accounts accounts without a login
 */
public record RetentionConfiguration(Duration messages, Duration largeMessages, long largeSize, Duration accounts) {
    public static final RetentionConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public RetentionConfiguration {
        Keys.RETENTION_MESSAGES.require(messages);
        Keys.RETENTION_LARGE_MESSAGES.require(largeMessages);
        Keys.RETENTION_LARGE_SIZE.require(largeSize);
        Keys.RETENTION_ACCOUNTS.require(accounts);
    }

    public static RetentionConfiguration from(Settings settings) {
        return new RetentionConfiguration(
                settings.get(Keys.RETENTION_MESSAGES),
                settings.get(Keys.RETENTION_LARGE_MESSAGES),
                settings.get(Keys.RETENTION_LARGE_SIZE),
                settings.get(Keys.RETENTION_ACCOUNTS));
    }
}
