package org.jameschatmail.guice.account;

import java.net.InetAddress;
import java.util.Optional;
import org.jameschatmail.core.account.Credentials;
import org.jameschatmail.core.account.DcloginLink;
import org.jameschatmail.core.account.DcloginLink.CertificateCheck;
import org.jameschatmail.core.account.DcloginLink.Endpoint;
import org.jameschatmail.core.account.DcloginLink.Security;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.ListenConfiguration;
import org.jameschatmail.core.configuration.Service;
import org.jameschatmail.core.configuration.TlsMode;

/**
 * The {@code dclogin:} links of this server. They name host, ports and the certificate check wherever a client can't
 * find out by itself: on a loopback address, on shifted ports, for an address literal, with a self-signed certificate.
 */
public final class LoginLinks {
    private final ChatmailConfiguration configuration;

    public LoginLinks(ChatmailConfiguration configuration) {
        this.configuration = configuration;
    }

    /** The link for an account; it sets up a client by itself. */
    public DcloginLink of(Credentials credentials) {
        CertificateCheck check = isSelfSigned() ? CertificateCheck.ACCEPT_INVALID : CertificateCheck.AUTOMATIC;
        if (isFoundByClients()) {
            return DcloginLink.of(credentials, check);
        }
        ListenConfiguration listen = configuration.listen();
        return new DcloginLink(
                credentials,
                Optional.of(new Endpoint(host(), listen.port(Service.IMAPS), Security.SSL)),
                Optional.of(new Endpoint(host(), listen.port(Service.SUBMISSIONS), Security.SSL)),
                check);
    }

    /** The link when a {@code dcaccount:} link can't work, because clients refuse a self-signed certificate. */
    public Optional<String> whenNeeded(Credentials credentials) {
        return isSelfSigned() ? Optional.of(of(credentials).uri()) : Optional.empty();
    }

    private boolean isSelfSigned() {
        return configuration.tls().mode() == TlsMode.SELF_SIGNED;
    }

    private boolean isFoundByClients() {
        return configuration.listen().portOffset() == 0
                && !isOnLoopbackAlone()
                && !configuration.relay().domain().isAddressLiteral();
    }

    private boolean isOnLoopbackAlone() {
        return configuration.listen().bindAddresses().stream().allMatch(InetAddress::isLoopbackAddress);
    }

    private String host() {
        return isOnLoopbackAlone()
                ? configuration.listen().bindAddresses().get(0).getHostAddress()
                : configuration.relay().hostname().host();
    }
}
