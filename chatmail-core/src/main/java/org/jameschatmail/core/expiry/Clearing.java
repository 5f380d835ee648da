package org.jameschatmail.core.expiry;

import java.time.Instant;
import java.util.OptionalLong;
import org.jameschatmail.core.configuration.QuotaConfiguration;

/**
 * How an account that fills up gets room: its oldest messages go, until it is down to a share of its limit. Immutable.
 *
 * @param configuration the shares, and the age below which nothing goes
 */
public record Clearing(QuotaConfiguration configuration) {
    private static final int WHOLE = 100;

    /** Whether an account is above the share from which its oldest messages go. */
    public boolean isDue(long used, long limit) {
        return used > share(limit, configuration.expireAbove());
    }

    /** How many octets have to go, at least; empty when none have to. */
    public OptionalLong surplus(long used, long limit) {
        return isDue(used, limit)
                ? OptionalLong.of(used - share(limit, configuration.expireTo()))
                : OptionalLong.empty();
    }

    /** What arrived at this moment or later stays. */
    public Instant protectedSince(Instant now) {
        return now.minus(configuration.expireProtect());
    }

    /** Without an overflow, whatever the limit. */
    private static long share(long limit, int percent) {
        return limit / WHOLE * percent + limit % WHOLE * percent / WHOLE;
    }
}
