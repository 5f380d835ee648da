package org.jameschatmail.guice.account;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Username;
import org.jameschatmail.core.account.AccountPolicy;
import org.jameschatmail.core.account.AccountVerdict;
import org.jameschatmail.core.account.CreationRate;
import org.jameschatmail.core.account.InvitationStore;
import org.jameschatmail.core.account.RegistrationControl;
import org.jameschatmail.core.account.RegistrationGuards;
import org.jameschatmail.core.account.RegistrationGuards.Shortage;
import org.jameschatmail.core.configuration.RegistrationMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether a new account may be made now: the mode, the rules for names and passwords, the guards of the machine,
 * and the rate of the client's network, in this order. Existing accounts never come here. Thread-safe.
 */
@Singleton
public final class Registration implements AccountCreation {
    private static final Logger LOGGER = LoggerFactory.getLogger(Registration.class);

    private final RegistrationControl control;
    private final InvitationStore invitations;
    private final AccountPolicy policy;
    private final RegistrationGuards guards;
    private final CreationRate rate;

    @Inject
    public Registration(
            RegistrationControl control,
            InvitationStore invitations,
            AccountPolicy policy,
            RegistrationGuards guards,
            Clock clock) {
        this.control = control;
        this.invitations = invitations;
        this.policy = policy;
        this.guards = guards;
        this.rate = new CreationRate(control::perNetwork, clock);
    }

    @Override
    public boolean permits(Username name, String password, Optional<InetAddress> client) {
        if (!isFor(name)) {
            return false;
        }
        if (policy.judge(name.asString(), password) instanceof AccountVerdict.Rejected rejected) {
            LOGGER.debug("No account: {}", rejected.reason());
            return false;
        }
        Set<Shortage> shortages = shortages();
        if (!shortages.isEmpty()) {
            LOGGER.warn("No new accounts now, the machine is short of {}", shortages);
            return false;
        }
        Optional<Duration> wait = client.flatMap(rate::waitBefore);
        wait.ifPresent(duration -> LOGGER.debug("No account: a network has to wait {}", duration));
        return wait.isEmpty();
    }

    private boolean isFor(Username name) {
        return switch (control.mode()) {
            case OPEN -> true;
            case TOKEN -> invitations.isReserved(name.asString());
            case CLOSED -> false;
        };
    }

    @Override
    public void created(Username name) {
        if (control.mode() == RegistrationMode.TOKEN) {
            invitations.redeem(name.asString());
        }
    }

    /** What the machine is short of; new accounts wait until it is empty. */
    public Set<Shortage> shortages() {
        return guards.shortages();
    }
}
