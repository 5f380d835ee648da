package org.jameschatmail.benchmarks.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jameschatmail.benchmarks.load.measure.Metric;

/** The figures as a table in Markdown, each also as a ratio to the reference. */
public final class Table {
    private Table() {}

    /** @param facts of machine and versions, a list above the table */
    public static String markdown(Results results, String reference, List<String> facts) {
        StringBuilder text = new StringBuilder();
        facts.forEach(fact -> text.append("- ").append(fact).append('\n'));
        text.append('\n');
        List<String> others =
                results.peers().stream().filter(peer -> !peer.equals(reference)).toList();
        List<String> header = new ArrayList<>(List.of("", reference));
        List<String> rule = new ArrayList<>(List.of("---", "---:"));
        for (String peer : others) {
            header.addAll(List.of(peer, "times as good"));
            rule.addAll(List.of("---:", "---:"));
        }
        line(text, header);
        line(text, rule);
        for (Metric metric : Metric.values()) {
            if (results.peers().stream()
                    .anyMatch(peer -> results.spread(peer, metric).isPresent())) {
                line(text, row(results, reference, others, metric));
            }
        }
        text.append('\n');
        results.peers()
                .forEach(peer -> text.append("- ")
                        .append(peer)
                        .append(": ")
                        .append(results.integrity(peer))
                        .append('\n'));
        return text.toString();
    }

    private static List<String> row(Results results, String reference, List<String> others, Metric metric) {
        Optional<Results.Spread> base = results.spread(reference, metric);
        List<String> cells = new ArrayList<>(List.of(metric.title() + ", " + metric.unit(), cell(base)));
        for (String peer : others) {
            Optional<Results.Spread> spread = results.spread(peer, metric);
            cells.add(cell(spread));
            cells.add(
                    spread.flatMap(own -> base.map(to -> gain(metric, own, to))).orElse(""));
        }
        return cells;
    }

    /** Zero and less, as where memory was freed meanwhile, have no ratio. */
    private static String gain(Metric metric, Results.Spread own, Results.Spread base) {
        return own.median() > 0 && base.median() > 0 ? Figures.text(metric.gain(own.median(), base.median())) : "";
    }

    private static String cell(Optional<Results.Spread> spread) {
        return spread.map(of -> Figures.text(of.median()) + " (" + Figures.text(of.least()) + "–"
                        + Figures.text(of.most()) + ")")
                .orElse("–");
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
