package org.jameschatmail.guice.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.james.core.Username;
import org.jameschatmail.core.account.AccountPolicy;
import org.jameschatmail.core.account.MachineState;
import org.jameschatmail.core.account.RegistrationGuards;
import org.jameschatmail.core.account.RegistrationGuards.Shortage;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.configuration.RegistrationConfiguration;
import org.jameschatmail.core.configuration.RegistrationMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistrationTest {
    private static final Username NAME = Username.of("ac1_abcde@chat.example");
    private static final String PASSWORD = "long enough";
    private static final Machine IDLE = new Machine(0.5);
    private static final Machine BUSY = new Machine(50);

    private final MemoryInvitations invitations = new MemoryInvitations();

    private Registration registration(RegistrationMode mode, int ratePerNetwork, Machine machine) {
        RegistrationConfiguration configuration =
                new RegistrationConfiguration(mode, 9, 9, Set.of(), 9, ratePerNetwork, 5, 0, 0);
        MemoryRegistration control = new MemoryRegistration(mode, ratePerNetwork);
        control.limitGuard(Shortage.LOAD, 5);
        return new Registration(
                control,
                invitations,
                new AccountPolicy(MailDomain.parse("chat.example").orElseThrow(), configuration),
                new RegistrationGuards(control::guard, machine),
                Clock.systemUTC());
    }

    @Test
    void accountShouldBePermittedWhenNothingSpeaksAgainstIt() {
        assertThat(registration(RegistrationMode.OPEN, 0, IDLE).permits(NAME, PASSWORD, Optional.empty()))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = RegistrationMode.class,
            names = {"TOKEN", "CLOSED"})
    void accountShouldBeRefusedWhenRegistrationIsNotOpen(RegistrationMode mode) {
        Registration registration = registration(mode, 0, IDLE);

        assertThat(registration.permits(NAME, PASSWORD, Optional.empty())).isFalse();
    }

    @Test
    void accountShouldBePermittedByInvitationWhenItsAddressWasHandedOut() {
        invitations.handOut(NAME.asString());
        Registration registration = registration(RegistrationMode.TOKEN, 0, IDLE);

        assertThat(registration.permits(NAME, "short", Optional.empty())).isFalse();
        assertThat(registration.permits(NAME, PASSWORD, Optional.empty())).isTrue();
        registration.created(NAME);
        assertThat(registration.permits(NAME, PASSWORD, Optional.empty())).isFalse();
    }

    @Test
    void accountShouldBeRefusedWhenRegistrationIsClosedAfterItsAddressWasHandedOut() {
        invitations.handOut(NAME.asString());
        assertThat(registration(RegistrationMode.CLOSED, 0, IDLE).permits(NAME, PASSWORD, Optional.empty()))
                .isFalse();
    }

    @Test
    void accountShouldBeRefusedWhenThePolicyRejectsIt() {
        Registration registration = registration(RegistrationMode.OPEN, 0, IDLE);

        assertThat(registration.permits(NAME, "short", Optional.empty())).isFalse();
        assertThat(registration.permits(Username.of("webmaster@chat.example"), PASSWORD, Optional.empty()))
                .isFalse();
    }

    @Test
    void accountShouldBeRefusedWhenTheMachineIsBusy() {
        Registration registration = registration(RegistrationMode.OPEN, 0, BUSY);

        assertThat(registration.shortages()).containsExactly(Shortage.LOAD);
        assertThat(registration.permits(NAME, PASSWORD, Optional.empty())).isFalse();
    }

    @Test
    void accountShouldBeRefusedWhenItsNetworkHasMadeItsShare() throws UnknownHostException {
        Registration registration = registration(RegistrationMode.OPEN, 1, IDLE);
        Optional<InetAddress> client = Optional.of(InetAddress.getByName("192.0.2.1"));
        Optional<InetAddress> other = Optional.of(InetAddress.getByName("192.0.2.2"));

        assertThat(registration.permits(NAME, PASSWORD, client)).isTrue();
        assertThat(registration.permits(NAME, PASSWORD, client)).isFalse();
        assertThat(registration.permits(NAME, PASSWORD, other)).isTrue();
    }

    @Test
    void refusalShouldNotCountWhenItHasAnotherReason() throws UnknownHostException {
        Registration registration = registration(RegistrationMode.OPEN, 1, IDLE);
        Optional<InetAddress> client = Optional.of(InetAddress.getByName("192.0.2.1"));

        assertThat(registration.permits(NAME, "short", client)).isFalse();
        assertThat(registration.permits(NAME, PASSWORD, client)).isTrue();
    }

    private record Machine(double oneMinuteLoad) implements MachineState {
        @Override
        public OptionalDouble load() {
            return OptionalDouble.of(oneMinuteLoad);
        }

        @Override
        public OptionalLong availableMemory() {
            return OptionalLong.empty();
        }

        @Override
        public OptionalLong freeDisk() {
            return OptionalLong.empty();
        }
    }
}
