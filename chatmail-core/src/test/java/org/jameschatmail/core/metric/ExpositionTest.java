package org.jameschatmail.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jameschatmail.core.metric.LatencyHistogram.Bucket;
import org.jameschatmail.core.metric.MetricFamily.Kind;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    @Test
    void textShouldHaveEachFamilyOnceInTheOrderOfTheTable() {
        String text = new Exposition()
                .add(MetricFamily.ACCOUNTS, 12)
                .add(MetricFamily.ACCEPTED, "incoming", 3)
                .add(MetricFamily.CERTIFICATE_DAYS, -0.25)
                .add(MetricFamily.ACCEPTED, "submission", 4_000_000_000.0)
                .text();
        assertThat(text.lines().filter(line -> !line.startsWith("# HELP")))
                .containsExactly(
                        "# TYPE chatmail_messages_accepted_total counter",
                        "chatmail_messages_accepted_total{door=\"incoming\"} 3",
                        "chatmail_messages_accepted_total{door=\"submission\"} 4000000000",
                        "# TYPE chatmail_accounts gauge",
                        "chatmail_accounts 12",
                        "# TYPE chatmail_certificate_days_left gauge",
                        "chatmail_certificate_days_left -0.25");
        assertThat(text).endsWith("\n").contains("# HELP chatmail_accounts Accounts\n");
    }

    @Test
    void labelShouldBeEscaped() {
        assertThat(new Exposition()
                        .add(MetricFamily.INFO, "1\"\\\n", Double.NaN)
                        .text())
                .contains("chatmail_info{version=\"1\\\"\\\\\\n\"} NaN\n");
    }

    @Test
    void valueShouldBeRefusedWhenItsFamilyHasAnotherShape() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Exposition().add(MetricFamily.ACCEPTED, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Exposition().add(MetricFamily.ACCOUNTS, "x", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Exposition().add(MetricFamily.DURABLE, 1));
    }

    @Test
    void histogramShouldCountEachInAllBucketsFromItsOwnOn() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.observe(-5);
        histogram.observe(TimeUnit.MILLISECONDS.toNanos(1));
        histogram.observe(TimeUnit.MILLISECONDS.toNanos(1) + 1);
        histogram.observe(TimeUnit.SECONDS.toNanos(61));
        List<Bucket> buckets = histogram.snapshot().buckets();
        assertThat(buckets.get(0)).isEqualTo(new Bucket(0.001, 2));
        assertThat(buckets.get(1)).isEqualTo(new Bucket(0.0025, 3));
        assertThat(buckets.get(buckets.size() - 2)).isEqualTo(new Bucket(60, 3));
        assertThat(buckets.get(buckets.size() - 1)).isEqualTo(new Bucket(Double.POSITIVE_INFINITY, 4));
        assertThat(new Exposition().add(MetricFamily.DURABLE, histogram).text())
                .contains(
                        "chatmail_data_to_durable_seconds_bucket{le=\"0.001\"} 2\n",
                        "chatmail_data_to_durable_seconds_bucket{le=\"60\"} 3\n",
                        "chatmail_data_to_durable_seconds_bucket{le=\"+Inf\"} 4\n",
                        "chatmail_data_to_durable_seconds_sum 61.002000001\n",
                        "chatmail_data_to_durable_seconds_count 4\n");
    }

    @Test
    void namesShouldFollowPrometheus() {
        assertThat(MetricFamily.values())
                .allSatisfy(family -> assertThat(family.id())
                        .matches("chatmail_[a-z]+(_[a-z]+)*")
                        .matches(name -> name.endsWith("_total") == (family.kind() == Kind.COUNTER)));
        assertThat(Arrays.stream(MetricFamily.values()).map(MetricFamily::id)).doesNotHaveDuplicates();
        assertThat(CounterName.all().stream().map(CounterName::internal)).doesNotHaveDuplicates();
        assertThat(CounterName.all()).allSatisfy(name -> {
            assertThat(name.family().kind()).isEqualTo(Kind.COUNTER);
            assertThat(name.label().isEmpty()).isEqualTo(name.family().label().isEmpty());
        });
    }
}
