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
import org.jameschatmail.core.configuration.RegistrationConfiguration;
import org.jameschatmail.guice.account.LoginLinks;
import org.jameschatmail.guice.account.Registration;
import org.jameschatmail.web.AccountOffers;
import org.jameschatmail.web.Offer;

/**
 * Makes up credentials for whoever asks, while registration is open and the machine has room. Nothing is stored: the
 * first login makes the account. Offers are counted per network, apart from the accounts that come of them.
 * Thread-safe.
 */
@Singleton
public final class OpenAccountOffers implements AccountOffers {
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final Duration RETRY_WHEN_SHORT = Duration.ofMinutes(1);

    private final Registration registration;
    private final CredentialGenerator generator;
    private final LoginLinks links;
    private final CreationRate rate;

    @Inject
    public OpenAccountOffers(
            Registration registration,
            CredentialGenerator generator,
            LoginLinks links,
            RegistrationConfiguration configuration,
            Clock clock) {
        this.registration = registration;
        this.generator = generator;
        this.links = links;
        this.rate = new CreationRate(configuration, clock);
    }

    @Override
    public Offer offer(InetAddress client, Optional<String> token) {
        if (!registration.isOpen()) {
            return new Offer.Refused(FORBIDDEN, "New accounts are not given here.", Optional.empty());
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
        return new Offer.Offered(credentials.email(), credentials.password(), links.whenNeeded(credentials));
    }
}
