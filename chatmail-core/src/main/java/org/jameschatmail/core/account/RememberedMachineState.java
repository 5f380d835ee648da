package org.jameschatmail.core.account;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The readings of another, each asked for once a second at most: new accounts may come by the hundred in that time, and
 * a reading costs a part of what an account does. Thread-safe.
 */
public final class RememberedMachineState implements MachineState {
    private static final long REMEMBERED = Duration.ofSeconds(1).toNanos();

    private final Reading<OptionalDouble> load;
    private final Reading<OptionalLong> availableMemory;
    private final Reading<OptionalLong> freeDisk;

    public RememberedMachineState(MachineState machine) {
        this(machine, System::nanoTime);
    }

    RememberedMachineState(MachineState machine, LongSupplier nanos) {
        this.load = new Reading<>(machine::load, nanos);
        this.availableMemory = new Reading<>(machine::availableMemory, nanos);
        this.freeDisk = new Reading<>(machine::freeDisk, nanos);
    }

    @Override
    public OptionalDouble load() {
        return load.get();
    }

    @Override
    public OptionalLong availableMemory() {
        return availableMemory.get();
    }

    @Override
    public OptionalLong freeDisk() {
        return freeDisk.get();
    }

    private static final class Reading<T> {
        private record Taken<T>(long at, T value) {}

        private final Supplier<T> source;
        private final LongSupplier nanos;
        private volatile Taken<T> last;

        Reading(Supplier<T> source, LongSupplier nanos) {
            this.source = source;
            this.nanos = nanos;
            this.last = new Taken<>(nanos.getAsLong(), source.get());
        }

        T get() {
            long now = nanos.getAsLong();
            Taken<T> taken = last;
            if (now - taken.at() >= REMEMBERED) {
                taken = new Taken<>(now, source.get());
                last = taken;
            }
            return taken.value();
        }
    }
}
