package org.jameschatmail.guice.queue;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Microseconds since 1970, in which the queues count. {@link #stamp()} never gives a value twice, which keeps mails in
 * the order of their arrival. Thread-safe.
 */
final class MicrosecondClock {
    private final Clock clock;
    private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

    MicrosecondClock(Clock clock) {
        this.clock = clock;
    }

    long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    /** The time now, or a little later: greater than every stamp before. */
    long stamp() {
        long now = now();
        return last.updateAndGet(previous -> Math.max(previous + 1, now));
    }

    /** Adds a delay; a negative one counts as none, one beyond all calendars as "never". */
    static long plus(long micros, Duration delay) {
        if (delay.isNegative()) {
            return micros;
        }
        try {
            long whole = Math.multiplyExact(delay.getSeconds(), TimeUnit.SECONDS.toMicros(1));
            return Math.addExact(micros, Math.addExact(whole, TimeUnit.NANOSECONDS.toMicros(delay.getNano())));
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    static ZonedDateTime toDateTime(long micros) throws DateTimeException {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    }
}
