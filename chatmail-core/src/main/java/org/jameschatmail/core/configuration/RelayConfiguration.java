package org.jameschatmail.core.configuration;

import org.jameschatmail.core.address.MailDomain;

/**
 * Who this server is.
 *
 * @param domain the mail domain
 * @param hostname the name in SMTP, IMAP and TLS; the domain unless set
 */
public record RelayConfiguration(MailDomain domain, MailDomain hostname) {
    public static final RelayConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public static RelayConfiguration from(Settings settings) {
        MailDomain domain = settings.get(Keys.DOMAIN);
        return new RelayConfiguration(domain, settings.get(Keys.HOSTNAME).orElse(domain));
    }
}
