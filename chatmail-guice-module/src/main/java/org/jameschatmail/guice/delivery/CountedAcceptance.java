package org.jameschatmail.guice.delivery;

import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.mailet.Mail;
import org.jameschatmail.core.header.HeaderRewrite;
import org.jameschatmail.core.metric.CounterName;
import org.jameschatmail.core.metric.MessageLatencies;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.protocols.smtp.MessageAcceptance;
import org.jameschatmail.protocols.smtp.reception.ReceivedMessage;

/**
 * Counts the messages that were made durable, whichever door they came by, those of our users apart from
 * those of other servers, and how long that took. Thread-safe.
 */
final class CountedAcceptance implements MessageAcceptance {
    private final MessageAcceptance acceptance;
    private final Metric submitted;
    private final Metric incoming;
    private final MessageLatencies latencies;

    CountedAcceptance(MessageAcceptance acceptance, MetricFactory metrics, MessageLatencies latencies) {
        this.acceptance = acceptance;
        this.submitted = metrics.generate(CounterName.SUBMITTED.internal());
        this.latencies = latencies;
        this.incoming = metrics.generate(CounterName.INCOMING.internal());
    }

    @Override
    public Optional<Rejected> take(Mail mail, ReceivedMessage message, HeaderRewrite rewrite, FullMailboxes full)
            throws MessagingException {
        Optional<Rejected> rejected = acceptance.take(mail, message, rewrite, full);
        if (rejected.isEmpty()) {
            latencies.durable().observe(System.nanoTime() - message.receivedAt());
            (mail.getAttribute(Mail.SMTP_AUTH_USER).isPresent() ? submitted : incoming).increment();
        }
        return rejected;
    }
}
