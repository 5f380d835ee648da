package org.jameschatmail.core.configuration;

import java.time.Duration;

/**
 * How much one account may store, and how room is made before it is full.
 *
 * @param storage bytes per account
 * @param expireAbove percent of the storage above which the oldest messages go
 * @param expireTo percent of the storage that remain then; below {@code expireAbove}
 * @param expireProtect no message younger than this goes
 */
public record QuotaConfiguration(long storage, int expireAbove, int expireTo, Duration expireProtect) {
    public static final QuotaConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public QuotaConfiguration {
        Keys.QUOTA_STORAGE.require(storage);
        Keys.QUOTA_EXPIRE_ABOVE.require(expireAbove);
        Keys.QUOTA_EXPIRE_TO.require(expireTo);
        Keys.QUOTA_EXPIRE_PROTECT.require(expireProtect);
        if (expireTo >= expireAbove) {
            throw Keys.QUOTA_EXPIRE_TO.rejected(
                    expireTo + " is not below quota.expire.above, which is " + expireAbove, Keys.QUOTA_EXPIRE_ABOVE);
        }
    }

    public static QuotaConfiguration from(Settings settings) {
        return new QuotaConfiguration(
                settings.get(Keys.QUOTA_STORAGE),
                settings.get(Keys.QUOTA_EXPIRE_ABOVE),
                settings.get(Keys.QUOTA_EXPIRE_TO),
                settings.get(Keys.QUOTA_EXPIRE_PROTECT));
    }
}
