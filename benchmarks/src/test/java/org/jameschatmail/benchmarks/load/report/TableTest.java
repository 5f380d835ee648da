package org.jameschatmail.benchmarks.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jameschatmail.benchmarks.load.mail.Integrity;
import org.jameschatmail.benchmarks.load.measure.Metric;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Results results = new Results(List.of("ours", "theirs"));

    @Test
    void tableShouldShowMedianAndGainWhenBothHaveFigures() {
        List.of(10.0, 30.0, 20.0).forEach(value -> results.add("ours", Metric.PING_PONG_P50, value));
        List.of(100.0, 80.0, 90.0).forEach(value -> results.add("theirs", Metric.PING_PONG_P50, value));

        assertThat(Table.markdown(results, "theirs", List.of("a fact"))).isEqualTo("""
                        - a fact

                        |  | theirs | ours | times as good |
                        | --- | ---: | ---: | ---: |
                        | Ping-pong: submit to fetched, p50, ms | 90.0 (80.0–100) | 20.0 (10.0–30.0) | 4.50 |

                        - ours: nothing lost, doubled or unannounced
                        - theirs: nothing lost, doubled or unannounced
                        """);
    }

    @Test
    void tableShouldLeaveTheGainOutWhenTheReferenceHasNoFigure() {
        results.add("ours", Metric.OFFERS_RATE, 7);

        assertThat(Table.markdown(results, "theirs", List.of()))
                .contains("| Onboarding: POST /new, 1/s | – | 7.00 (7.00–7.00) |  |");
    }

    @Test
    void tableShouldTellOfLossWhenAMessageWasLost() {
        results.integrity("ours", new Integrity(1, 0, 0, 0));

        assertThat(Table.markdown(results, "theirs", List.of()))
                .contains("- ours: 1 lost, 0 doubled, 0 foreign, 0 unannounced");
        assertThat(results.isWhole()).isFalse();
    }

    @Test
    void chartShouldHaveABarForEachPeerWhenBothHaveFigures() {
        results.add("ours", Metric.THROUGHPUT_RATE, 500);
        results.add("theirs", Metric.THROUGHPUT_RATE, 100);

        assertThat(Chart.svg(results))
                .contains("width=\"460.0\"")
                .contains("width=\"92.0\"")
                .contains(">500<");
    }
}
