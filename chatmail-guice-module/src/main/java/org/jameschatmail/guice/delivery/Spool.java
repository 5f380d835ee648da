package org.jameschatmail.guice.delivery;

import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.mailet.Mail;
import org.jameschatmail.core.header.HeaderRewrite;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.protocols.smtp.MessageAcceptance;
import org.jameschatmail.protocols.smtp.reception.ReceivedMessage;

/**
 * James' own way: each message goes into the spool queue, and {@code mailetcontainer.xml} says what becomes of it, its
 * header and full mailboxes included. Thread-safe.
 */
@Singleton
final class Spool implements MessageAcceptance {
    private final MailQueue queue;

    @Inject
    Spool(MailQueueFactory<?> queues) {
        this.queue = queues.createQueue(MailQueueFactory.SPOOL);
    }

    @Override
    public Optional<Rejected> take(Mail mail, ReceivedMessage message, HeaderRewrite rewrite, FullMailboxes full)
            throws MessagingException {
        queue.enQueue(mail);
        return Optional.empty();
    }
}
