package org.jameschatmail.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jameschatmail.core.account.RegistrationGuards.Shortage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationGuardsTest {
    @Test
    void guardsShouldBeQuietWhenReadingsAreAtTheLimit() {
        assertThat(shortages(new Readings(OptionalDouble.of(5), OptionalLong.of(200), OptionalLong.of(1000))))
                .isEmpty();
    }

    @Test
    void guardsShouldNameEveryShortage() {
        assertThat(shortages(new Readings(OptionalDouble.of(5.1), OptionalLong.of(200), OptionalLong.of(1000))))
                .containsExactly(Shortage.LOAD);
        assertThat(shortages(new Readings(OptionalDouble.of(1), OptionalLong.of(199), OptionalLong.of(999))))
                .containsExactly(Shortage.MEMORY, Shortage.DISK);
    }

    @Test
    void guardsShouldCloseWhenReadingsAreMissing() {
        assertThat(shortages(new Readings(OptionalDouble.empty(), OptionalLong.empty(), OptionalLong.empty())))
                .containsExactly(Shortage.values());
    }

    @Test
    void guardsShouldBeQuietWhenOff() {
        Readings readings = new Readings(OptionalDouble.of(100), OptionalLong.of(0), OptionalLong.empty());

        assertThat(new RegistrationGuards(shortage -> 0, readings).shortages()).isEmpty();
    }

    @Test
    void localMachineShouldReadAvailableMemory(@TempDir Path folder) throws IOException {
        Path information = Files.writeString(folder.resolve("meminfo"), """
            MemTotal:        8000000 kB
            MemFree:          100000 kB
            MemAvailable:    2000000 kB
            """);

        assertThat(new LocalMachineState(folder, information).availableMemory()).hasValue(2_048_000_000L);
    }

    @Test
    void localMachineShouldHaveNoReadingWhenItsSourceIsStrange(@TempDir Path folder) throws IOException {
        Path information = Files.writeString(folder.resolve("meminfo"), "MemAvailable: lots\n");
        LocalMachineState machine = new LocalMachineState(folder.resolve("absent"), information);

        assertThat(machine.availableMemory()).isEmpty();
        assertThat(machine.freeDisk()).isEmpty();
    }

    @Test
    void localMachineShouldReadThisMachine(@TempDir Path folder) {
        LocalMachineState machine = new LocalMachineState(folder);

        assertThat(machine.load()).isPresent();
        assertThat(machine.availableMemory().orElseThrow()).isPositive();
        assertThat(machine.freeDisk().orElseThrow()).isPositive();
    }

    @Test
    void readingShouldBeRememberedForASecond() {
        AtomicLong nanos = new AtomicLong();
        AtomicReference<MachineState> machine =
                new AtomicReference<>(new Readings(OptionalDouble.of(1), OptionalLong.of(1), OptionalLong.of(1)));
        MachineState subject = new RememberedMachineState(
                new MachineState() {
                    @Override
                    public OptionalDouble load() {
                        return machine.get().load();
                    }

                    @Override
                    public OptionalLong availableMemory() {
                        return machine.get().availableMemory();
                    }

                    @Override
                    public OptionalLong freeDisk() {
                        return machine.get().freeDisk();
                    }
                },
                nanos::get);
        machine.set(new Readings(OptionalDouble.empty(), OptionalLong.of(3), OptionalLong.of(4)));

        nanos.set(999_999_999);
        assertThat(subject.load()).hasValue(1);
        nanos.set(1_000_000_000);
        assertThat(subject.load()).isEmpty();
        assertThat(subject.availableMemory()).hasValue(3);
        assertThat(subject.freeDisk()).hasValue(4);
    }

    private static double limit(Shortage shortage) {
        return switch (shortage) {
            case LOAD -> 5;
            case MEMORY -> 200;
            case DISK -> 1000;
        };
    }

    private static Set<Shortage> shortages(MachineState machine) {
        return new RegistrationGuards(RegistrationGuardsTest::limit, machine).shortages();
    }

    private record Readings(OptionalDouble load, OptionalLong availableMemory, OptionalLong freeDisk)
            implements MachineState {}
}
