package org.jameschatmail.core.documentation;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jameschatmail.core.metric.CounterName;
import org.jameschatmail.core.metric.MetricFamily;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static final String HEAD = """
            # Every metric

            `GET /chatmail/metrics` of WebAdmin shows them in the text form of Prometheus; [monitoring.md](monitoring.md) tells
            how to have them read, and which ones matter. The names stay. Counters begin at zero with each start. No metric and
            no label names a person or another server. What is stored and queued is counted every five seconds at most.

            James' own metrics, timers of its commands among them, are at `GET /metrics`.

            This page is made from the code.

            | metric | type | what it is |
            |---|---|---|
            """;

    @Test
    void pageShouldHaveEveryMetric() throws IOException {
        String rows =
                Arrays.stream(MetricFamily.values()).map(MetricsPageTest::row).collect(Collectors.joining());
        new GeneratedPage("metrics.md", HEAD + rows).verify();
    }

    private static String row(MetricFamily family) {
        Map<MetricFamily, TreeSet<String>> labels = CounterName.all().stream()
                .collect(Collectors.groupingBy(
                        CounterName::family,
                        Collectors.mapping(CounterName::label, Collectors.toCollection(TreeSet::new))));
        String label = family.label().isEmpty() ? "" : "{" + family.label() + "}";
        String values = family.label().isEmpty() || family == MetricFamily.REFUSED || !labels.containsKey(family)
                ? ""
                : " `%s`: `%s`.".formatted(family.label(), String.join("`, `", labels.get(family)));
        return "| `%s%s` | %s | %s.%s |\n"
                .formatted(family.id(), label, family.kind().name().toLowerCase(Locale.ROOT), family.meaning(), values);
    }
}
