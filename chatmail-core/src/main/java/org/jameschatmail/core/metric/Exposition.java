package org.jameschatmail.core.metric;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jameschatmail.core.metric.LatencyHistogram.Bucket;
import org.jameschatmail.core.metric.LatencyHistogram.Snapshot;

/**
 * Collects values and writes them in the text form of Prometheus. A family without a value isn't written. For use by one
 * thread.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats, version 0.0.4</a>
 */
public final class Exposition {
    /** The media type of the text. */
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<MetricFamily, StringBuilder> lines = new EnumMap<>(MetricFamily.class);

    /** For a family without a label. */
    public Exposition add(MetricFamily family, double value) {
        return add(family, "", value);
    }

    /**
     * Adds a counter or a gauge.
     *
     * @param label the value of the family's label; empty exactly where it has none
     */
    public Exposition add(MetricFamily family, String label, double value) {
        if (family.label().isEmpty() != label.isEmpty() || family.kind() == MetricFamily.Kind.HISTOGRAM) {
            throw new IllegalArgumentException(family.id() + " has another shape");
        }
        String labels = label.isEmpty() ? "" : "{%s=\"%s\"}".formatted(family.label(), escaped(label));
        line(family, labels, number(value));
        return this;
    }

    /** Adds a histogram. */
    public Exposition add(MetricFamily family, LatencyHistogram histogram) {
        Snapshot snapshot = histogram.snapshot();
        long all = 0;
        for (Bucket bucket : snapshot.buckets()) {
            line(family, "_bucket{le=\"" + number(bucket.upTo()) + "\"}", number(bucket.count()));
            all = bucket.count();
        }
        line(family, "_sum", number(snapshot.sum()));
        line(family, "_count", number(all));
        return this;
    }

    private void line(MetricFamily family, String rest, String value) {
        lines.computeIfAbsent(family, missing -> new StringBuilder())
                .append(family.id())
                .append(rest)
                .append(' ')
                .append(value)
                .append('\n');
    }

    /** The families in the order of their table. */
    public String text() {
        StringBuilder text = new StringBuilder();
        lines.forEach((family, samples) -> text.append("# HELP ")
                .append(family.id())
                .append(' ')
                .append(family.meaning())
                .append("\n# TYPE ")
                .append(family.id())
                .append(' ')
                .append(family.kind().id())
                .append('\n')
                .append(samples));
        return text.toString();
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
