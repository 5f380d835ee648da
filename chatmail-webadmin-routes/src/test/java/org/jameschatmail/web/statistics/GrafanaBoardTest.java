package org.jameschatmail.web.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jameschatmail.core.metric.CounterName;
import org.jameschatmail.core.metric.MetricFamily;
import org.jameschatmail.core.metric.MetricFamily.Kind;
import org.junit.jupiter.api.Test;

/** The example board and the alerts of docs/: nothing overlaps on the one, and both ask for what is there. */
class GrafanaBoardTest {
    private static final Path DOCS = Path.of("../docs");
    private static final int COLUMNS = 24;
    private static final Pattern METRIC = Pattern.compile("\\b(chatmail_[a-z_]+)(\\{[^}]*})?");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)(?:=~|=)\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("by \\(([a-z_, ]+)\\)");
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job", "le");

    private static JsonNode board() throws IOException {
        return new ObjectMapper().readTree(DOCS.resolve("grafana/chatmail.json").toFile());
    }

    private static List<String> expressions() throws IOException {
        List<String> expressions = new ArrayList<>(board().findValuesAsText("expr"));
        Matcher alerts = Pattern.compile("(?m)^ {8}expr: (.*(?:\\n {10}.*)*)$")
                .matcher(Files.readString(DOCS.resolve("prometheus/chatmail.rules.yml")));
        while (alerts.find()) {
            expressions.add(alerts.group(1));
        }
        return expressions;
    }

    /** The family of a sample's name, which has a suffix where it is of a histogram. */
    private static Optional<MetricFamily> family(String sample) {
        return Arrays.stream(MetricFamily.values())
                .filter(family -> family.kind() == Kind.HISTOGRAM
                        ? Stream.of("_bucket", "_sum", "_count").anyMatch(end -> sample.equals(family.id() + end))
                        : sample.equals(family.id()))
                .findAny();
    }

    @Test
    void boardShouldHaveTheShapeOfGrafana() throws IOException {
        JsonNode board = board();
        assertThat(board.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
        assertThat(board.path("title").asText()).isNotBlank();
        assertThat(board.has("id")).as("an import gives the id").isFalse();
        JsonNode source = board.at("/templating/list/0");
        assertThat(source.path("name").asText()).isEqualTo("datasource");
        assertThat(source.path("type").asText()).isEqualTo("datasource");
        assertThat(board.findValues("datasource"))
                .isNotEmpty()
                .allSatisfy(used -> assertThat(used.path("uid").asText()).isEqualTo("${datasource}"));
        assertThat(board.path("panels")).allSatisfy(panel -> {
            assertThat(panel.path("type").asText()).isIn("stat", "timeseries");
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("targets").findValuesAsText("refId"))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        });
        assertThat(board.path("panels").findValuesAsText("title")).doesNotHaveDuplicates();
    }

    @Test
    void panelsShouldHaveAnIdAndAPlaceOfTheirOwn() throws IOException {
        List<Integer> ids = new ArrayList<>();
        List<Rectangle> places = new ArrayList<>();
        for (JsonNode panel : board().path("panels")) {
            ids.add(panel.path("id").asInt());
            JsonNode position = panel.path("gridPos");
            Rectangle place = new Rectangle(
                    position.path("x").asInt(),
                    position.path("y").asInt(),
                    position.path("w").asInt(),
                    position.path("h").asInt());
            assertThat(place.isEmpty()).isFalse();
            assertThat(place.getMaxX()).isLessThanOrEqualTo(COLUMNS);
            assertThat(places).as("%s", panel.path("title")).noneMatch(place::intersects);
            places.add(place);
        }
        assertThat(ids).isNotEmpty().doesNotHaveDuplicates().doesNotContain(0);
    }

    @Test
    void expressionsShouldAskForMetricsAndLabelsThatAreThere() throws IOException {
        for (String expression : expressions()) {
            List<MetricFamily> families = new ArrayList<>();
            Matcher metric = METRIC.matcher(expression);
            while (metric.find()) {
                MetricFamily family = family(metric.group(1))
                        .orElseThrow(() -> new AssertionError("No such metric: " + metric.group(1)));
                families.add(family);
                assertLabels(family, Optional.ofNullable(metric.group(2)).orElse(""));
            }
            assertThat(families.isEmpty()).as(expression).isEqualTo(expression.startsWith("up{"));
            Matcher grouping = GROUPING.matcher(expression);
            while (grouping.find()) {
                Set<String> known = families.stream().map(MetricFamily::label).collect(Collectors.toSet());
                assertThat(Arrays.stream(grouping.group(1).split(", ")))
                        .as(expression)
                        .allMatch(label -> known.contains(label) || OF_PROMETHEUS.contains(label));
            }
        }
    }

    private static void assertLabels(MetricFamily family, String selector) {
        Matcher label = LABEL.matcher(selector);
        while (label.find()) {
            if (!OF_PROMETHEUS.contains(label.group(1))) {
                assertThat(label.group(1)).as(selector).isEqualTo(family.label());
            }
            if (family.kind() == Kind.COUNTER && label.group(1).equals(family.label())) {
                assertThat(CounterName.all())
                        .as(selector)
                        .anyMatch(
                                name -> name.family() == family && name.label().equals(label.group(2)));
            }
        }
    }

    @Test
    void alertsShouldBeFoundInTheirFile() throws IOException {
        assertThat(expressions())
                .hasSizeGreaterThan(board().findValuesAsText("expr").size() + 8);
        assertThat(expressions()).anyMatch(expression -> expression.contains("undecided"));
    }
}
