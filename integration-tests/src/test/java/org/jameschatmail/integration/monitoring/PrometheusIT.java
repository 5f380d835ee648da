package org.jameschatmail.integration.monitoring;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.admin.WebAdmin;
import org.jameschatmail.integration.monitoring.Prometheus.Verdict;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.Folders;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A real Prometheus reads a real server as docs/monitoring.md says, with the page's own configuration, a token that may
 * only read, and the alerts of docs/prometheus; and is asked all that the board of docs/grafana asks.
 */
class PrometheusIT {
    @RegisterExtension
    static final ChatmailServerExtension SERVER =
            new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost"));

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path DOCS = Path.of("../docs");
    private static final Path ALERT_TESTS = Path.of("prometheus/alerts-test.yml");
    private static final String RULES = "chatmail.rules.yml";
    private static final Pattern CONFIGURATION = Pattern.compile("(?s)```yaml\n(rule_files:.*?scrape_configs:.*?)```");
    private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    /** Empty as long as nothing goes wrong. */
    private static final Set<String> ONLY_IN_TROUBLE =
            Set.of("sum by (fault) (rate(chatmail_outgoing_faults_total{instance=~\".*\"}[5m])) > 0");

    private static Path folder;
    private static Prometheus prometheus;

    @BeforeAll
    static void watchAServerThatIsUsed() throws IOException {
        folder = Folders.createTemporary("chatmail-prometheus-");
        Files.copy(DOCS.resolve("prometheus").resolve(RULES), folder.resolve(RULES));
        Files.writeString(folder.resolve("chatmail-token"), readToken());
        Files.writeString(folder.resolve("prometheus.yml"), configuration());
        prometheus = Prometheus.start(folder);
        await("up{job=\"chatmail\"} == 1");
        SERVER.server().restart();
        await("changes(chatmail_start_time_seconds[5m]) > 0");
        // A rate needs a value from before, and one from after.
        use(SERVER.server());
        await("rate(chatmail_refusals_total{reason=\"encryption_needed\"}[5m]) > 0");
        await("rate(chatmail_data_to_notified_seconds_count[5m]) > 0");
    }

    @AfterAll
    static void stopWatching() {
        if (prometheus != null) {
            prometheus.close();
        }
        Folders.delete(folder);
    }

    private static String readToken() throws IOException {
        String answer = new WebAdmin(SERVER.server())
                .send("POST", "/chatmail/admin-tokens", "{\"label\":\"prometheus\",\"scope\":\"read\"}")
                .body();
        return new ObjectMapper().readTree(answer).path("token").asText();
    }

    /** That of the page, with the places of this test and a look each second. */
    private static String configuration() throws IOException {
        Matcher found = CONFIGURATION.matcher(Files.readString(DOCS.resolve("monitoring.md")));
        assertThat(found.find()).isTrue();
        String page = found.group(1);
        String ours = page.replace("/etc/prometheus/", folder + "/")
                .replace(
                        "127.0.0.1:8000", "127.0.0.1:" + SERVER.server().ports().webAdmin())
                .replace("scrape_interval: 30s", "scrape_interval: 1s");
        assertThat(page).contains("/etc/prometheus/", "127.0.0.1:8000", "scrape_interval: 30s");
        return "global:\n  evaluation_interval: 1s\n" + ours;
    }

    private static void use(ChatmailServer server) {
        MailAccount sender = MailAccount.create(server);
        MailAccount recipient = MailAccount.create(server);
        String clear = "From: <" + sender.address() + ">\r\n\r\nin clear";
        try (SmtpDialogue smtp = sender.submission()) {
            smtp.send(
                            sender.address(),
                            recipient.address(),
                            EncryptedMail.from(sender.address()).text(),
                            "250")
                    .send(sender.address(), recipient.address(), clear, "523");
        }
        recipient.awaitMessage(1);
    }

    private static void await(String expression) {
        Deadline deadline = Deadline.after(PATIENCE);
        while (prometheus.query(expression).isEmpty()) {
            assertThat(deadline.hasPassed())
                    .as("%s; targets: %s", expression, prometheus.get("/api/v1/targets"))
                    .isFalse();
        }
    }

    private static String filledIn(String expression) {
        return expression.replace("$instance", ".*").replace("$__rate_interval", "5m");
    }

    private static JsonNode board() throws IOException {
        return new ObjectMapper().readTree(DOCS.resolve("grafana/chatmail.json").toFile());
    }

    @Test
    void configurationAndRulesShouldPassPromtool() {
        assertThat(Prometheus.promtool(folder, "check", "config", "prometheus.yml"))
                .satisfies(verdict -> assertThat(verdict.output()).contains("1 rule files found"))
                .extracting(Verdict::status)
                .isEqualTo(0);
        assertThat(Prometheus.promtool(folder, "check", "rules", "--lint=all", "--lint-fatal", RULES)
                        .status())
                .isZero();
    }

    /** Each alert comes when it should, and not before; a server that is well has none. */
    @Test
    void alertsShouldComeWhenTheyAreDue() throws IOException {
        Files.copy(ALERT_TESTS, folder.resolve(ALERT_TESTS.getFileName()));
        Verdict verdict = Prometheus.promtool(
                folder, "test", "rules", ALERT_TESTS.getFileName().toString());

        assertThat(verdict.status()).as(verdict.output()).isZero();
        String tested = Files.readString(ALERT_TESTS);
        assertThat(alerts())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(tested)
                        .contains("alertname: " + alert.path("name").asText()));
    }

    @Test
    void alertsShouldBeEvaluatedWithoutAFaultAndNoneSounded() {
        Deadline deadline = Deadline.after(PATIENCE);
        while (alerts().stream().anyMatch(alert -> alert.path("health").asText().equals("unknown"))) {
            assertThat(deadline.hasPassed()).isFalse();
        }
        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.path("health").asText()).as("%s", alert).isEqualTo("ok");
            // A busy machine may be slow; that is pending for ten minutes.
            assertThat(alert.path("state").asText()).as("%s", alert).isIn("inactive", "pending");
        });
    }

    private static List<JsonNode> alerts() {
        List<JsonNode> rules = new ArrayList<>();
        prometheus
                .get("/api/v1/rules")
                .path("groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    /** What an alert asks for must be there before it is needed: a counter that begins with one has not grown. */
    @Test
    void seriesOfAlertsShouldBeThereFromTheStart() throws IOException {
        String rules = Files.readString(DOCS.resolve("prometheus").resolve(RULES));
        Matcher series = Pattern.compile("\\bchatmail_\\w+(\\{[^}]*})?").matcher(rules);
        List<String> selectors = new ArrayList<>();
        while (series.find()) {
            selectors.add(series.group());
        }
        assertThat(selectors)
                .isNotEmpty()
                .allSatisfy(selector ->
                        assertThat(prometheus.query(selector)).as(selector).isNotEmpty());
    }

    @Test
    void everyPanelShouldHaveNumbersUnderItsLegend() throws IOException {
        List<JsonNode> targets = new ArrayList<>();
        board().path("panels").forEach(panel -> panel.path("targets").forEach(targets::add));

        assertThat(targets).hasSizeGreaterThan(20).allSatisfy(target -> {
            String expression = filledIn(target.path("expr").asText());
            List<JsonNode> series = prometheus.query(expression);
            if (!ONLY_IN_TROUBLE.contains(expression)) {
                assertThat(series).as(expression).isNotEmpty();
            }
            Matcher label = LEGEND_LABEL.matcher(target.path("legendFormat").asText());
            boolean labeled = label.find();
            assertThat(series).as(expression).allSatisfy(one -> {
                assertThat(one.at("/value/1").asText()).isNotEqualTo("NaN");
                if (labeled) {
                    assertThat(one.path("metric").path(label.group(1)).asText()).isNotBlank();
                }
            });
        });
    }

    @Test
    void variableAndAnnotationShouldFindTheServer() throws IOException {
        JsonNode values = prometheus.get("/api/v1/label/instance/values?match%5B%5D=chatmail_info");
        assertThat(board().at("/templating/list/1/query/query").asText())
                .isEqualTo("label_values(chatmail_info, instance)");
        assertThat(StreamSupport.stream(values.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(toSet()))
                .containsExactly("127.0.0.1:" + SERVER.server().ports().webAdmin());

        assertThat(prometheus.query(
                        filledIn(board().at("/annotations/list/0/expr").asText())))
                .as("the restart")
                .hasSize(1);
    }
}
