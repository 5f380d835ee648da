package org.jameschatmail.core.rate;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many messages an account may send: the generic cell rate algorithm (ITU-T I.371). A rested account may send a
 * burst at once, then one message an interval; a refusal costs nothing.
 *
 * <p>For example, 60 a minute with a burst of 10: ten messages pass at once, the eleventh a second later.
 *
 * <p>Thread-safe. Keeps one number for each account that sent within the last two bursts' time and drops the others as
 * it goes.
 */
public final class SendRate {
    private final long intervalNanos;
    private final long burstNanos;
    private final LongSupplier nanoTime;
    /** When the account's messages so far will have been paid for; at most a burst ahead of now. */
    private final ConcurrentMap<String, Long> paidUntil = new ConcurrentHashMap<>();

    private final AtomicLong nextSweep;

    /**
     * @param perMinute messages a minute in the long run, at least 1
     * @param burst messages at once, at least 1
     * @param nanoTime a clock that never goes back, as {@link System#nanoTime()}
     */
    public SendRate(int perMinute, int burst, LongSupplier nanoTime) {
        if (perMinute < 1 || burst < 1) {
            throw new IllegalArgumentException("perMinute and burst must be at least 1");
        }
        this.intervalNanos = Duration.ofMinutes(1).toNanos() / perMinute;
        this.burstNanos = Math.multiplyExact(intervalNanos, burst);
        this.nanoTime = nanoTime;
        this.nextSweep = new AtomicLong(nanoTime.getAsLong() + burstNanos);
    }

    /**
     * Whether the account may send one more message now; if so, it counts.
     *
     * @param account the login, lower case
     */
    public boolean tryAcquire(String account) {
        long now = nanoTime.getAsLong();
        sweep(now);
        boolean[] acquired = new boolean[1];
        paidUntil.compute(account, (name, paid) -> {
            long start = paid == null || paid - now < 0 ? now : paid;
            long next = start + intervalNanos;
            acquired[0] = next - now <= burstNanos;
            return acquired[0] ? Long.valueOf(next) : paid;
        });
        return acquired[0];
    }

    /** Accounts that are remembered now. */
    int size() {
        return paidUntil.size();
    }

    /** A paid-up account is as good as an unknown one. */
    private void sweep(long now) {
        long due = nextSweep.get();
        if (now - due >= 0 && nextSweep.compareAndSet(due, now + burstNanos)) {
            paidUntil.values().removeIf(paid -> paid - now <= 0);
        }
    }
}
