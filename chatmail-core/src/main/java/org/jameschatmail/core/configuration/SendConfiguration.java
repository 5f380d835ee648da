package org.jameschatmail.core.configuration;

/**
 * How fast one account may send, counted in messages.
 *
 * @param ratePerMinute over time; 0 is off
 * @param rateBurst at once; 0 is off
 */
public record SendConfiguration(int ratePerMinute, int rateBurst) {
    public static final SendConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public SendConfiguration {
        Keys.SEND_RATE_PER_MINUTE.require(ratePerMinute);
        Keys.SEND_RATE_BURST.require(rateBurst);
    }

    public static SendConfiguration from(Settings settings) {
        return new SendConfiguration(settings.get(Keys.SEND_RATE_PER_MINUTE), settings.get(Keys.SEND_RATE_BURST));
    }

    /** Whether there is a limit at all. */
    public boolean isLimited() {
        return ratePerMinute > 0 && rateBurst > 0;
    }
}
