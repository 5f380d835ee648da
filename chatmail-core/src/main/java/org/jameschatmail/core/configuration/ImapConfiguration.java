package org.jameschatmail.core.configuration;

/**
 * What IMAP offers and how much of it.
 *
 * @param capabilityBeforeLogin whether XCHATMAIL, and XDELTAPUSH where notifications are sent, are listed before login
 * @param append what APPEND takes
 * @param connectionsMax in all; 0 is off
 * @param connectionsPerNetwork from one IPv4 address or IPv6 /64; 0 is off
 */
public record ImapConfiguration(
        boolean capabilityBeforeLogin, AppendMode append, int connectionsMax, int connectionsPerNetwork) {
    public static final ImapConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public ImapConfiguration {
        Keys.IMAP_CONNECTIONS_MAX.require(connectionsMax);
        Keys.IMAP_CONNECTIONS_PER_NETWORK.require(connectionsPerNetwork);
    }

    public static ImapConfiguration from(Settings settings) {
        return new ImapConfiguration(
                settings.get(Keys.IMAP_CAPABILITY_BEFORE_LOGIN),
                settings.get(Keys.IMAP_APPEND),
                settings.get(Keys.IMAP_CONNECTIONS_MAX),
                settings.get(Keys.IMAP_CONNECTIONS_PER_NETWORK));
    }
}
