package org.jameschatmail.web;

import java.time.Duration;
import javax.servlet.http.HttpServletRequest;
import org.jameschatmail.core.zone.MtaStsPolicy;

/**
 * What programs ask for to find the mail servers of the domain: autoconfiguration for clients, the MTA-STS policy for
 * other servers. The host asked is not looked at: {@code autoconfig.D} and {@code mta-sts.D} lead here as well.
 * Thread-safe.
 *
 * @see <a href="https://www.ietf.org/archive/id/draft-ietf-mailmaint-autoconfig-00.html">Mail autoconfig</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8461#section-3.2">RFC 8461, section 3.2</a>
 */
public final class DiscoveryRoutes implements WebRoutes {
    private static final Duration KEPT = Duration.ofHours(1);

    private final Answer autoconfig;
    private final Answer policy;

    public DiscoveryRoutes(SiteConfiguration site) {
        this.autoconfig = Answer.of(200, "text/xml;charset=utf-8", new Autoconfig(site).xml())
                .cachedFor(KEPT);
        this.policy =
                Answer.text(200, new MtaStsPolicy(site.serviceHost()).text()).cachedFor(KEPT);
    }

    @Override
    public void define(RouteTable table) {
        table.get("/.well-known/autoconfig/mail/config-v1.1.xml", this::autoconfig);
        table.get("/mail/config-v1.1.xml", this::autoconfig);
        table.get("/.well-known/mta-sts.txt", this::policy);
    }

    private Answer autoconfig(HttpServletRequest request) {
        return autoconfig;
    }

    private Answer policy(HttpServletRequest request) {
        return policy;
    }
}
