package org.jameschatmail.core.configuration;

/**
 * How large one message may be.
 *
 * @param sizeMax bytes, 1 to 2^31 - 1
 * @param recipientsMax recipients of one message, at least 1
 */
public record MessageConfiguration(long sizeMax, int recipientsMax) {
    public static final MessageConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public MessageConfiguration {
        Keys.MESSAGE_SIZE_MAX.require(sizeMax);
        Keys.MESSAGE_RECIPIENTS_MAX.require(recipientsMax);
    }

    public static MessageConfiguration from(Settings settings) {
        return new MessageConfiguration(settings.get(Keys.MESSAGE_SIZE_MAX), settings.get(Keys.MESSAGE_RECIPIENTS_MAX));
    }
}
