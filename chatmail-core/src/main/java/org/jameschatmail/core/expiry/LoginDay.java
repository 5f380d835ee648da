package org.jameschatmail.core.expiry;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The day of an account's last login, in UTC. Nothing finer is ever written down. Immutable.
 *
 * @param number days since 1 January 1970
 */
public record LoginDay(int number) {
    public static LoginDay at(Instant moment) {
        return new LoginDay(
                Math.toIntExact(LocalDate.ofInstant(moment, ZoneOffset.UTC).toEpochDay()));
    }

    /**
     * Whether an account that logged in on this day, be it a moment before midnight, hasn't for so long. With 90 days,
     * one that logged in on 1 January is unused from 2 April on.
     */
    public boolean isUnused(Instant now, Duration retention) {
        Instant end =
                LocalDate.ofEpochDay(number + 1L).atStartOfDay(ZoneOffset.UTC).toInstant();
        return !end.plus(retention).isAfter(now);
    }
}
