package org.jameschatmail.benchmarks.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jameschatmail.benchmarks.load.measure.Metric;

/** The figures that matter most as bars, one group a figure; readable on a light and on a dark page. */
public final class Chart {
    private static final List<Metric> SHOWN = List.of(
            Metric.THROUGHPUT_RATE,
            Metric.THROUGHPUT_CPU,
            Metric.PING_PONG_P50,
            Metric.PING_PONG_P99,
            Metric.GROUP_P50,
            Metric.ONBOARDING_RATE,
            Metric.ONBOARDING_CPU,
            Metric.DRAIN_FETCH,
            Metric.IDLE_RESTED,
            Metric.START_READY);
    private static final int WIDTH = 760;
    private static final int BARS_FROM = 170;
    private static final int BARS_WIDTH = 460;
    private static final int LINE = 22;
    private static final int TITLE = 30;

    private static final String STYLE = """
            <style>
            text { font: 13px system-ui, sans-serif; fill: #24292f; }
            .title { font-weight: 600; }
            .p0 { fill: #1a7f64; } .p1 { fill: #8c959f; } .p2 { fill: #b35900; } .p3 { fill: #6639ba; }
            @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3; }
            .p0 { fill: #3fb68b; } .p1 { fill: #7d8590; } .p2 { fill: #e09b4f; } .p3 { fill: #a88bef; }
            }
            </style>
            """;

    private Chart() {}

    public static String svg(Results results) {
        List<String> parts = new ArrayList<>();
        int top = 0;
        for (Metric metric : SHOWN) {
            double most = results.peers().stream()
                    .flatMap(peer -> results.spread(peer, metric).stream())
                    .mapToDouble(Results.Spread::median)
                    .max()
                    .orElse(0);
            if (most > 0) {
                parts.add(text("title", 8, top + 20, metric.title() + " (" + metric.unit() + ")"));
                top += TITLE;
                top = bars(parts, results, metric, most, top) + 8;
            }
        }
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n",
                        WIDTH,
                        top)
                + STYLE + String.join("\n", parts) + "\n</svg>\n";
    }

    private static int bars(List<String> parts, Results results, Metric metric, double most, int from) {
        int top = from;
        for (int index = 0; index < results.peers().size(); index++) {
            String peer = results.peers().get(index);
            Results.Spread spread = results.spread(peer, metric).orElse(null);
            if (spread == null) {
                continue;
            }
            double width = Math.max(1, BARS_WIDTH * Math.max(0, spread.median()) / most);
            parts.add(text("", 8, top + 14, peer));
            parts.add(String.format(
                    Locale.ROOT,
                    "<rect class=\"p%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" rx=\"2\"/>",
                    index % 4,
                    BARS_FROM,
                    top + 1,
                    width));
            parts.add(text("", BARS_FROM + width + 8, top + 14, Figures.text(spread.median())));
            top += LINE;
        }
        return top;
    }

    private static String text(String style, double left, int baseline, String content) {
        String escaped = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return String.format(
                Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>", style, left, baseline, escaped);
    }
}
