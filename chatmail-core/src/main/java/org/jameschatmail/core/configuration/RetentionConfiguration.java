package org.jameschatmail.core.configuration;

import java.time.Duration;

/**
 * How long things are kept, counted from arrival and from the last login.
 *
 * @param messages every message
 * @param largeMessages seen messages above {@code largeSize}
 * @param largeSize bytes
 * @param accounts accounts without a login
 * @param addresses the address of a removed account, which is nobody's for so long; zero is off
 * @param rate messages a second that may be removed
 */
public record RetentionConfiguration(
        Duration messages, Duration largeMessages, long largeSize, Duration accounts, Duration addresses, int rate) {
    public static final RetentionConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public RetentionConfiguration {
        Keys.RETENTION_MESSAGES.require(messages);
        Keys.RETENTION_LARGE_MESSAGES.require(largeMessages);
        Keys.RETENTION_LARGE_SIZE.require(largeSize);
        Keys.RETENTION_ACCOUNTS.require(accounts);
        Keys.RETENTION_ADDRESSES.require(addresses);
        Keys.RETENTION_RATE.require(rate);
    }

    public static RetentionConfiguration from(Settings settings) {
        return new RetentionConfiguration(
                settings.get(Keys.RETENTION_MESSAGES),
                settings.get(Keys.RETENTION_LARGE_MESSAGES),
                settings.get(Keys.RETENTION_LARGE_SIZE),
                settings.get(Keys.RETENTION_ACCOUNTS),
                settings.get(Keys.RETENTION_ADDRESSES),
                settings.get(Keys.RETENTION_RATE));
    }
}
