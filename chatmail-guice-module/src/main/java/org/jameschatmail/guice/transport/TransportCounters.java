package org.jameschatmail.guice.transport;

import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.core.metric.CounterName;

/**
 * What the server counts of its ways to others, for the metrics of James; the kinds of failures are those of TLS
 * reports.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8460#section-4.3">RFC 8460, section 4.3</a>
 * @param https messages taken by {@code /mxdeliv}
 * @param smtp messages taken by SMTP
 * @param unreachable attempts that met no host of the domain
 * @param noStartTls hosts without encryption
 * @param tlsFailed hosts whose TLS or certificate isn't good enough
 * @param policyFetchFailed MTA-STS policies that were announced and couldn't be had
 * @param policyForbidsHost hosts that an MTA-STS policy doesn't name
 */
record TransportCounters(
        Metric https,
        Metric smtp,
        Metric unreachable,
        Metric noStartTls,
        Metric tlsFailed,
        Metric policyFetchFailed,
        Metric policyForbidsHost) {
    static TransportCounters of(MetricFactory metrics) {
        return new TransportCounters(
                metrics.generate(CounterName.BY_HTTPS.internal()),
                metrics.generate(CounterName.BY_SMTP.internal()),
                metrics.generate(CounterName.UNREACHABLE.internal()),
                metrics.generate(CounterName.NO_STARTTLS.internal()),
                metrics.generate(CounterName.TLS_FAILED.internal()),
                metrics.generate(CounterName.POLICY_UNAVAILABLE.internal()),
                metrics.generate(CounterName.POLICY_MISMATCH.internal()));
    }
}
