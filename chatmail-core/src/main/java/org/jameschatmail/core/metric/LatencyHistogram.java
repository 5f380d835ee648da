package org.jameschatmail.core.metric;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long something took, counted in sixteen buckets from one millisecond to one minute. Counting takes no lock.
 * Thread-safe.
 */
public final class LatencyHistogram {
    private static final double[] SECONDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
    };
    private static final long[] BOUNDS = Arrays.stream(SECONDS)
            .mapToLong(seconds -> Math.round(seconds * Duration.ofSeconds(1).toNanos()))
            .toArray();

    private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    public LatencyHistogram() {
        Arrays.setAll(counts, bucket -> new LongAdder());
    }

    /** @param took nanoseconds; less than nothing counts as nothing */
    public void observe(long took) {
        int found = Arrays.binarySearch(BOUNDS, took);
        counts[found < 0 ? -found - 1 : found].increment();
        nanos.add(Math.max(0, took));
    }

    /**
     * A bucket as Prometheus counts them.
     *
     * @param upTo seconds, inclusive; infinite in the last
     * @param count of all that took no longer, those of the earlier buckets as well
     */
    public record Bucket(double upTo, long count) {}

    /**
     * What was counted so far.
     *
     * @param buckets by {@link Bucket#upTo}; the count of the last is that of all
     * @param sum of all, in seconds
     */
    public record Snapshot(List<Bucket> buckets, double sum) {}

    public Snapshot snapshot() {
        Bucket[] buckets = new Bucket[counts.length];
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            count += counts[i].sum();
            buckets[i] = new Bucket(i < SECONDS.length ? SECONDS[i] : Double.POSITIVE_INFINITY, count);
        }
        return new Snapshot(
                List.of(buckets), (double) nanos.sum() / Duration.ofSeconds(1).toNanos());
    }
}
