package org.jameschatmail.core.push;

import java.time.Duration;
import java.time.Instant;

/**
 * How many requests the notification proxy is to get at once. When it fails, there is a pause of 8 seconds, then a
 * single request that tries it; each failure of such a one doubles the pause, up to 512 seconds. The first success
 * opens the way for all. For use by one thread.
 */
public final class ProxyBackOff {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(8);
    private static final int MAX_DOUBLINGS = 6;

    private final int concurrency;
    private int failures;
    private Instant pausedUntil = Instant.MIN;

    /** @param concurrency how many requests a proxy gets at once while it answers */
    public ProxyBackOff(int concurrency) {
        this.concurrency = concurrency;
    }

    /** How many requests may be under way now: none in a pause, one after it, else all. */
    public int allowance(Instant now) {
        if (failures == 0) {
            return concurrency;
        }
        return now.isBefore(pausedUntil) ? 0 : 1;
    }

    /** Until when {@link #allowance} is 0; in the past when it isn't. */
    public Instant pausedUntil() {
        return pausedUntil;
    }

    /** Whether the last that was heard of the proxy is a failure. */
    public boolean isFailing() {
        return failures > 0;
    }

    public void succeeded() {
        failures = 0;
        pausedUntil = Instant.MIN;
    }

    /** Requests that were under way already when the pause began don't make it longer. */
    public void failed(Instant now) {
        if (now.isBefore(pausedUntil)) {
            return;
        }
        pausedUntil = now.plus(FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS)));
        failures++;
    }
}
