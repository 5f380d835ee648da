package org.jameschatmail.guice.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jameschatmail.core.account.AccountPolicy;
import org.jameschatmail.core.account.MachineState;
import org.jameschatmail.core.account.RegistrationGuards;
import org.jameschatmail.core.account.RegistrationGuards.Shortage;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.configuration.RegistrationConfiguration;
import org.jameschatmail.core.configuration.RegistrationMode;
import org.jameschatmail.guice.account.MemoryInvitations;
import org.jameschatmail.guice.account.MemoryRegistration;
import org.jameschatmail.guice.account.Registration;
import org.jameschatmail.web.Admission;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationAdmissionsTest {
    /** A machine with that load and nothing else to tell. */
    private record Busy(double value) implements MachineState {
        @Override
        public OptionalDouble load() {
            return OptionalDouble.of(value);
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

    @ParameterizedTest
    @CsvSource({
        "OPEN, 1, OPEN",
        "OPEN, 50, PAUSED",
        "TOKEN, 1, BY_INVITATION",
        "CLOSED, 1, CLOSED",
        "CLOSED, 50, CLOSED"
    })
    void admissionShouldBeWhatRegistrationDoes(RegistrationMode mode, double load, Admission expected) {
        RegistrationConfiguration configuration = new RegistrationConfiguration(mode, 9, 9, Set.of(), 9, 0, 5, 0, 0);
        MemoryRegistration control = new MemoryRegistration(mode, 0);
        control.limitGuard(Shortage.LOAD, 5);
        Registration registration = new Registration(
                control,
                new MemoryInvitations(),
                new AccountPolicy(MailDomain.parse("chat.example").orElseThrow(), configuration),
                new RegistrationGuards(control::guard, new Busy(load)),
                Clock.systemUTC());

        assertThat(new RegistrationAdmissions(registration, control).now()).isEqualTo(expected);
    }
}
