package org.jameschatmail.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.servlet.http.HttpServletRequest;
import org.jameschatmail.core.zone.MtaStsPolicy;

/**
 * What programs ask for to find the mail servers of the domain: autoconfiguration for clients, the MTA-STS policy for
 * other servers. The host asked is not looked at: {@code autoconfig.D} and {@code mta-sts.D} lead here as well.
 * Thread-safe.
 *
 * @see <a href="https://www.ietf.org/archive/id/draft-ietf-mailmaint-autoconfig-00.html">Mail autoconfig</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8461#section-3.2">RFC 8461, section 3.2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9116">RFC 9116, security.txt</a>
 */
public final class DiscoveryRoutes implements WebRoutes {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration SECURITY_CONTACT_TRUE = Duration.ofDays(180);

    private final Answer autoconfig;
    private final Answer policy;
    private final Optional<String> securityContact;
    private final Clock clock;

    /** @param clock for how long what we tell is true */
    public DiscoveryRoutes(SiteConfiguration site, Clock clock) {
        this.clock = clock;
        this.securityContact = site.contacts().mailLink();
        this.autoconfig = Answer.of(200, "text/xml;charset=utf-8", new Autoconfig(site).xml())
                .cachedFor(KEPT)
                .tagged();
        this.policy = Answer.text(200, new MtaStsPolicy(site.serviceHost()).text())
                .cachedFor(KEPT)
                .tagged();
    }

    @Override
    public void define(RouteTable table) {
        table.get("/.well-known/autoconfig/mail/config-v1.1.xml", this::autoconfig);
        table.get("/mail/config-v1.1.xml", this::autoconfig);
        table.get("/.well-known/mta-sts.txt", this::policy);
        securityContact.ifPresent(
                contact -> table.get("/.well-known/security.txt", request -> securityContact(contact)));
    }

    private Answer autoconfig(HttpServletRequest request) {
        return autoconfig;
    }

    /** Whom to tell of a hole, true for another half a year. */
    private Answer securityContact(String contact) {
        Instant expires = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(SECURITY_CONTACT_TRUE);
        String text = "Contact: %s\nExpires: %s\nPreferred-Languages: en\n".formatted(contact, expires);
        return Answer.text(200, text).cachedFor(KEPT).tagged();
    }

    private Answer policy(HttpServletRequest request) {
        return policy;
    }
}
