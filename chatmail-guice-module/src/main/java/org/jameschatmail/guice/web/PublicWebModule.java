package org.jameschatmail.guice.web;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.jameschatmail.core.account.InvitationStore;
import org.jameschatmail.core.acme.PendingChallenges;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.ListenConfiguration;
import org.jameschatmail.core.configuration.PrivacyConfiguration;
import org.jameschatmail.core.configuration.Service;
import org.jameschatmail.core.configuration.TlsMode;
import org.jameschatmail.core.gate.IncomingDoor;
import org.jameschatmail.guice.tls.TlsStore;
import org.jameschatmail.protocols.imap.server.ChatmailImapServerFactory;
import org.jameschatmail.protocols.proxy.ProxiedListeners;
import org.jameschatmail.protocols.smtp.MxdelivDoor;
import org.jameschatmail.protocols.smtp.server.ChatmailSmtpServerFactory;
import org.jameschatmail.web.AccountOffers;
import org.jameschatmail.web.AccountRoutes;
import org.jameschatmail.web.AcmeRoutes;
import org.jameschatmail.web.Admissions;
import org.jameschatmail.web.DiscoveryRoutes;
import org.jameschatmail.web.Invitations;
import org.jameschatmail.web.MxdelivRoutes;
import org.jameschatmail.web.PrivacyContacts;
import org.jameschatmail.web.PublicWebConfiguration;
import org.jameschatmail.web.PublicWebServer;
import org.jameschatmail.web.RouteTable;
import org.jameschatmail.web.ServicePorts;
import org.jameschatmail.web.SiteConfiguration;
import org.jameschatmail.web.SiteLimits;
import org.jameschatmail.web.alpn.AlpnService;
import org.jameschatmail.web.page.PageRoutes;

/**
 * The public web server: its pages, accounts for whoever asks, mail from other servers that come by HTTPS, and IMAP and submission on its TLS port. Whoever takes
 * the server starts it after James' listeners, and closes it before them.
 */
public final class PublicWebModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(AccountOffers.class).to(OpenAccountOffers.class);
        bind(Admissions.class).to(RegistrationAdmissions.class);
        bind(IncomingDoor.class).to(MxdelivDoor.class);
    }

    @Provides
    Invitations invitations(InvitationStore store, Clock clock) {
        return token -> store.byToken(token)
                .filter(invitation -> invitation.isUsable(clock.instant()))
                .isPresent();
    }

    @Provides
    @Singleton
    PublicWebServer webServer(
            ChatmailConfiguration configuration,
            SiteConfiguration site,
            AccountOffers offers,
            Invitations invitations,
            Admissions admissions,
            Clock clock,
            IncomingDoor door,
            TlsStore tls,
            PendingChallenges challenges,
            ProxiedListeners proxied,
            ChatmailImapServerFactory imap,
            ChatmailSmtpServerFactory smtp) {
        ListenConfiguration listen = configuration.listen();
        RouteTable secure = RouteTable.of(
                new AccountRoutes(offers, site),
                new PageRoutes(
                        offers,
                        invitations,
                        admissions,
                        site,
                        configuration.web().folder()),
                new DiscoveryRoutes(site, clock),
                new MxdelivRoutes(
                        door, configuration.smtp(), configuration.message().sizeMax()));
        return new PublicWebServer(
                new PublicWebConfiguration(
                        listen.bindAddresses(),
                        listen.port(Service.HTTP),
                        listen.port(Service.HTTPS),
                        proxied.proxies()),
                site,
                tls.keyManager(),
                secure,
                clear(configuration, challenges),
                List.of(
                        new AlpnService("imap", imap::pipelineBehindTls),
                        new AlpnService("smtp", smtp::submissionBehindTls)),
                challenges,
                proxied::configure);
    }

    private static RouteTable clear(ChatmailConfiguration configuration, PendingChallenges challenges) {
        return configuration.tls().mode() == TlsMode.ACME ? RouteTable.of(new AcmeRoutes(challenges)) : RouteTable.of();
    }

    @Provides
    @Singleton
    SiteConfiguration site(ChatmailConfiguration configuration) {
        PrivacyConfiguration privacy = configuration.privacy();
        return new SiteConfiguration(
                configuration.relay().domain().text(),
                configuration.relay().hostname().text(),
                ServicePorts.withOffset(configuration.listen().portOffset()),
                configuration.tls().mode() == TlsMode.SELF_SIGNED,
                new PrivacyContacts(privacy.mail(), privacy.postal(), privacy.pdo(), privacy.supervisor()),
                new SiteLimits(
                        configuration.retention().messages(),
                        configuration.retention().accounts(),
                        configuration.quota().storage(),
                        configuration.message().sizeMax()));
    }
}
