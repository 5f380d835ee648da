package org.jameschatmail.integration.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jameschatmail.core.metric.CounterName;
import org.jameschatmail.core.metric.GaugeName;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a running server tells Prometheus: all that docs/metrics.md lists, nothing else, and it counts. */
class MetricsIT {
    @RegisterExtension
    static final ChatmailServerExtension SERVER =
            new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost"));

    private final ChatmailServer server = SERVER.server();

    private String metrics() {
        HttpResponse<String> answer = new WebAdmin(server).send("GET", "/chatmail/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain")
                .contains("version=0.0.4");
        return answer.body();
    }

    private double value(String sample) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .sum();
    }

    private static Set<String> names(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void metricsShouldBeThoseOfTheirPage() throws IOException {
        String page = Files.readString(Path.of("../docs/metrics.md"));

        assertThat(names("^# TYPE ([a-z_]+) ", metrics())).isEqualTo(names("^\\| `([a-z_]+)", page));
    }

    /** What James' registry counts of ours, and this page not, would be missed. */
    @Test
    void countersShouldBeShownUnderTheNamesThatStay() {
        String own = new WebAdmin(server).send("GET", "/metrics").body();
        Set<String> counted = names("^(chatmail_[a-z_]+?)(?:_total)? ", own);

        assertThat(counted).isNotEmpty().isSubsetOf(internalNames());
    }

    private static Set<String> internalNames() {
        return Stream.concat(
                        CounterName.all().stream().map(CounterName::internal),
                        Arrays.stream(GaugeName.values()).map(GaugeName::internal))
                .map(name -> name.replace('.', '_').replace('-', '_'))
                .collect(Collectors.toSet());
    }

    @Test
    void metricsShouldCountLoginsAndMessages() throws IOException {
        double accepted = value("chatmail_messages_accepted_total{door=\"submission\"}");
        MailAccount sender = MailAccount.create(server);
        MailAccount recipient = MailAccount.create(server);
        String mail = EncryptedMail.from(sender.address()).text();
        try (SmtpDialogue smtp = sender.submission()) {
            smtp.send(sender.address(), recipient.address(), mail, "250")
                    .send(
                            sender.address(),
                            recipient.address(),
                            "From: <" + sender.address() + ">\r\n\r\nin clear",
                            "523");
        }
        recipient.awaitMessage(1);

        assertThat(value("chatmail_messages_accepted_total{door=\"submission\"}"))
                .isEqualTo(accepted + 1);
        assertThat(value("chatmail_refusals_total{reason=\"encryption_needed\"}"))
                .isPositive();
        assertThat(value("chatmail_data_to_durable_seconds_count")).isPositive();
        assertThat(value("chatmail_data_to_durable_seconds_sum")).isPositive();
        assertThat(value("chatmail_accounts_created_total")).isGreaterThanOrEqualTo(2);
        assertThat(value("chatmail_logins_total{outcome=\"accepted\"}")).isGreaterThanOrEqualTo(2);
        assertThat(value("chatmail_certificate_days_left")).isPositive();
        assertThat(value("chatmail_free_disk_bytes")).isPositive();
        assertThat(value("chatmail_start_time_seconds")).isPositive();
        await("chatmail_data_to_notified_seconds_count", 1);
        await("chatmail_accounts", 2);
    }

    private void await(String sample, double least) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(30));
        double value = value(sample);
        while (value < least) {
            assertThat(deadline.hasPassed()).as(sample).isFalse();
            value = value(sample);
        }
    }
}
