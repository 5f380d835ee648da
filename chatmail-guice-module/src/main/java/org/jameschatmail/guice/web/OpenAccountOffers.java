package org.jameschatmail.guice.web;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jameschatmail.core.account.CreationRate;
import org.jameschatmail.core.account.CredentialGenerator;
import org.jameschatmail.core.account.Credentials;
import org.jameschatmail.core.account.InvitationStore;
import org.jameschatmail.core.account.RegistrationControl;
import org.jameschatmail.core.configuration.RegistrationMode;
import org.jameschatmail.guice.account.LoginLinks;
import org.jameschatmail.guice.account.Registration;
import org.jameschatmail.web.AccountOffers;
import org.jameschatmail.web.Offer;

/**
 * Makes up credentials for whoever asks, while registration is open and the machine has room. Nothing is stored: the
 * first login makes the account. By invitation, the address is kept for its first login, and takes a use. Offers are
 * counted per network, apart from the accounts that come of them.
 * Thread-safe.
 */
@Singleton
public final class OpenAccountOffers implements AccountOffers {
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final Duration RETRY_WHEN_SHORT = Duration.ofMinutes(1);

    private final RegistrationControl control;
    private final InvitationStore invitations;
    private final Registration registration;
    private final CredentialGenerator generator;
    private final LoginLinks links;
    private final CreationRate rate;

    @Inject
    public OpenAccountOffers(
            RegistrationControl control,
            InvitationStore invitations,
            Registration registration,
            CredentialGenerator generator,
            LoginLinks links,
            Clock clock) {
        this.control = control;
        this.invitations = invitations;
        this.registration = registration;
        this.generator = generator;
        this.links = links;
        this.rate = new CreationRate(control::perNetwork, clock);
    }

    @Override
    public Offer offer(InetAddress client, Optional<String> token) {
        RegistrationMode mode = control.mode();
        if (mode == RegistrationMode.CLOSED) {
            return forbidden("New accounts are not given here.");
        }
        if (mode == RegistrationMode.TOKEN && token.isEmpty()) {
            return forbidden("New accounts need an invitation here.");
        }
        if (!registration.shortages().isEmpty()) {
            return new Offer.Refused(
                    UNAVAILABLE,
                    "The server has no room for new accounts at the moment.",
                    Optional.of(RETRY_WHEN_SHORT));
        }
        Optional<Duration> wait = rate.waitBefore(client);
        if (wait.isPresent()) {
            return new Offer.Refused(
                    TOO_MANY_REQUESTS, "Too many new accounts from this network, try again later.", wait);
        }
        Credentials credentials = generator.generate();
        if (mode == RegistrationMode.TOKEN && !invitations.reserve(token.orElseThrow(), credentials.email())) {
            return forbidden("This invitation is not good any more.");
        }
        return new Offer.Offered(credentials.email(), credentials.password(), links.whenNeeded(credentials));
    }

    private static Offer forbidden(String reason) {
        return new Offer.Refused(FORBIDDEN, reason, Optional.empty());
    }
}
