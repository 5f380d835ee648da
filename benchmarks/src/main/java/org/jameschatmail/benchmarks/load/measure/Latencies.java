package org.jameschatmail.benchmarks.load.measure;

import java.util.Arrays;

/** Samples of a duration, in nanoseconds. Thread-safe. */
public final class Latencies {
    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[1024];
    private int count;

    public synchronized void add(long sample) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count] = sample;
        count++;
    }

    /**
     * The value in milliseconds that so many percent of the samples don't exceed, interpolated between neighbors; not a
     * number without samples.
     */
    public synchronized double percentile(double percent) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        double position = (count - 1) * percent / 100;
        int lower = (int) position;
        int upper = Math.min(lower + 1, count - 1);
        return (sorted[lower] + (sorted[upper] - sorted[lower]) * (position - lower)) / NANOS_PER_MILLI;
    }
}
