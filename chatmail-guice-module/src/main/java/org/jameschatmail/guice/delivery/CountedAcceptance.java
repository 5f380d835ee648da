package org.jameschatmail.guice.delivery;

import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.mailet.Mail;
import org.jameschatmail.core.header.HeaderRewrite;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.protocols.smtp.MessageAcceptance;
import org.jameschatmail.protocols.smtp.reception.ReceivedMessage;

/**
 * Counts the messages that were made durable, whichever door they came by: {@code chatmail.accepted.submission} those of
 * our users, {@code chatmail.accepted.incoming} those of other servers. Thread-safe.
 */
final class CountedAcceptance implements MessageAcceptance {
    private final MessageAcceptance acceptance;
    private final Metric submitted;
    private final Metric incoming;

    CountedAcceptance(MessageAcceptance acceptance, MetricFactory metrics) {
        this.acceptance = acceptance;
        this.submitted = metrics.generate("chatmail.accepted.submission");
        this.incoming = metrics.generate("chatmail.accepted.incoming");
    }

    @Override
    public Optional<Rejected> take(Mail mail, ReceivedMessage message, HeaderRewrite rewrite, FullMailboxes full)
            throws MessagingException {
        Optional<Rejected> rejected = acceptance.take(mail, message, rewrite, full);
        if (rejected.isEmpty()) {
            (mail.getAttribute(Mail.SMTP_AUTH_USER).isPresent() ? submitted : incoming).increment();
        }
        return rejected;
    }
}
