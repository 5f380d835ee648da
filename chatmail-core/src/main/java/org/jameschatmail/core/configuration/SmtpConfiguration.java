package org.jameschatmail.core.configuration;

/**
 * How many SMTP clients are served at once by each SMTP port, and how many messages may come by {@code /mxdeliv}.
 *
 * @param connectionsMax in all; 0 is off
 * @param connectionsPerNetwork from one IPv4 address or IPv6 /64; 0 is off
 */
public record SmtpConfiguration(int connectionsMax, int connectionsPerNetwork) {
    public static final SmtpConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public SmtpConfiguration {
        Keys.SMTP_CONNECTIONS_MAX.require(connectionsMax);
        Keys.SMTP_CONNECTIONS_PER_NETWORK.require(connectionsPerNetwork);
    }

    public static SmtpConfiguration from(Settings settings) {
        return new SmtpConfiguration(
                settings.get(Keys.SMTP_CONNECTIONS_MAX), settings.get(Keys.SMTP_CONNECTIONS_PER_NETWORK));
    }
}
