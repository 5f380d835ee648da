package org.jameschatmail.guice.server;

import java.time.Clock;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.protocols.lib.netty.CertificateReloadable;
import org.apache.james.utils.GuiceProbe;
import org.jameschatmail.core.account.RegistrationControl;
import org.jameschatmail.core.acme.CertificateEnd;
import org.jameschatmail.core.metric.GaugeName;
import org.jameschatmail.guice.tls.TlsStore;
import org.jameschatmail.web.PublicWebServer;

/** What {@link ChatmailServer} needs of the running James: James hands out its parts to probes alone. */
@Singleton
final class ServerParts implements GuiceProbe {
    private final PublicWebServer web;
    private final Set<CertificateReloadable.Factory> listeners;
    private final RegistrationControl registration;

    @Inject
    ServerParts(
            PublicWebServer web,
            Set<CertificateReloadable.Factory> listeners,
            RegistrationControl registration,
            TlsStore tls,
            GaugeRegistry gauges,
            Clock clock) {
        this.web = web;
        this.listeners = listeners;
        this.registration = registration;
        gauges.register(
                GaugeName.CERTIFICATE_DAYS.internal(),
                () -> CertificateEnd.of(tls.identity().certificate()).daysLeft(clock.instant()));
    }

    PublicWebServer web() {
        return web;
    }

    RegistrationControl registration() {
        return registration;
    }

    /** Makes the SMTP and IMAP listeners read the certificate again; open connections keep the one they have. */
    void reloadCertificates() throws Exception {
        for (CertificateReloadable.Factory factory : listeners) {
            for (CertificateReloadable listener :
                    factory.certificatesReloadable().toList()) {
                listener.reloadSSLCertificate();
            }
        }
    }
}
