package org.jameschatmail.core.configuration;

/**
 * What mail from other servers must show.
 *
 * @param dkim whether a DKIM signature is needed
 */
public record IncomingConfiguration(DkimMode dkim) {
    public static final IncomingConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public static IncomingConfiguration from(Settings settings) {
        return new IncomingConfiguration(settings.get(Keys.INCOMING_DKIM));
    }
}
