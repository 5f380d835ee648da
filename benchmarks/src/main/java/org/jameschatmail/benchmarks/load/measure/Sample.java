package org.jameschatmail.benchmarks.load.measure;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jameschatmail.benchmarks.load.mail.Integrity;

/** What one run of one scenario on one server gave. Immutable. */
public record Sample(Map<Metric, Double> figures, Integrity integrity) {
    public Sample {
        figures = Collections.unmodifiableMap(new EnumMap<>(figures));
    }
}
