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
import org.jameschatmail.core.account.RegistrationGuards;
import org.jameschatmail.core.account.RegistrationGuards.Shortage;
import org.jameschatmail.core.configuration.RegistrationConfiguration;
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

    private final RegistrationConfiguration configuration;
    private final AccountPolicy policy;
    private final RegistrationGuards guards;
    private final CreationRate rate;

    @Inject
    public Registration(
            RegistrationConfiguration configuration, AccountPolicy policy, RegistrationGuards guards, Clock clock) {
        this.configuration = configuration;
        this.policy = policy;
        this.guards = guards;
        this.rate = new CreationRate(configuration, clock);
    }

    @Override
    public boolean permits(Username name, String password, Optional<InetAddress> client) {
        if (!isOpen()) {
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

    /** Whether anybody may have an account. */
    public boolean isOpen() {
        return configuration.mode() == RegistrationMode.OPEN;
    }

    /** What the machine is short of; new accounts wait until it is empty. */
    public Set<Shortage> shortages() {
        return guards.shortages();
    }
}
