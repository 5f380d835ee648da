package org.jameschatmail.core.statistics;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The values of all {@link Series} in each of the last 24 hours' minutes. Lives in memory: it begins anew with the
 * process, and takes 130 KiB. Thread-safe.
 */
public final class MinuteHistory {
    /** As far back as it goes. */
    public static final int MINUTES = 24 * 60;

    private static final long SECONDS = 60;

    private final double[][] values = new double[Series.values().length][MINUTES];
    private final long[] minuteAt = new long[MINUTES];

    public MinuteHistory() {
        Arrays.fill(minuteAt, -1);
    }

    /**
     * Notes what was found in the minute that {@code time} is in; what was noted for it before is forgotten.
     *
     * @param found a series that isn't there is unknown
     */
    public synchronized void note(Instant time, Map<Series, Double> found) {
        long minute = minuteOf(time);
        int place = (int) Math.floorMod(minute, (long) MINUTES);
        minuteAt[place] = minute;
        for (Series series : Series.values()) {
            values[series.ordinal()][place] = found.getOrDefault(series, Double.NaN);
        }
    }

    /**
     * The minutes up to the one that {@code time} is in, which is the last.
     *
     * @param minutes 1 to {@link #MINUTES}
     * @return for each series as many values, oldest first; NaN where nothing is known
     */
    public synchronized Map<Series, double[]> until(Instant time, int minutes) {
        if (minutes < 1 || minutes > MINUTES) {
            throw new IllegalArgumentException("minutes is 1 to " + MINUTES + ", not " + minutes);
        }
        Map<Series, double[]> found = new EnumMap<>(Series.class);
        for (Series series : Series.values()) {
            found.put(series, until(minuteOf(time), minutes, values[series.ordinal()]));
        }
        return found;
    }

    private double[] until(long last, int minutes, double[] kept) {
        double[] found = new double[minutes];
        for (int i = 0; i < minutes; i++) {
            long minute = last - minutes + 1 + i;
            int place = (int) Math.floorMod(minute, (long) MINUTES);
            found[i] = minuteAt[place] == minute ? kept[place] : Double.NaN;
        }
        return found;
    }

    private static long minuteOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SECONDS);
    }
}
