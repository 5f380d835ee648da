package org.jameschatmail.guice.outgoing;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.RelayConfiguration;
import org.jameschatmail.core.outgoing.FailureReport;
import org.jameschatmail.core.outgoing.FailureReport.Failure;
import org.jameschatmail.guice.outgoing.OutgoingQueue.Consequence;
import org.jameschatmail.guice.queue.JdbcMailQueue;
import org.jameschatmail.guice.queue.JdbcMailQueueFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells senders of what can't be delivered. A report goes into the spool, with a null sender, in the transaction that
 * gives the message up: there is one, and {@code mailetcontainer.xml} brings it to a mailbox of any kind. Thread-safe.
 */
@Singleton
final class FailureReports {
    private static final Logger LOGGER = LoggerFactory.getLogger(FailureReports.class);
    private static final int MAX_HEADER = 64 * 1024;

    private final OutgoingQueue queue;
    private final JdbcMailQueue spool;
    private final RelayConfiguration relay;
    private final Clock clock;

    @Inject
    FailureReports(OutgoingQueue queue, JdbcMailQueueFactory queues, ChatmailConfiguration configuration, Clock clock) {
        this.queue = queue;
        this.spool = queues.createQueue(MailQueueFactory.SPOOL);
        this.relay = configuration.relay();
        this.clock = clock;
    }

    /**
     * A report, if there are failures and somebody to tell. It reads the message now, for in the transaction of the
     * result that is locked. Where there can't be a report there is none: the message has left, and must not leave again
     * for want of one.
     */
    Consequence of(OutgoingItem item, List<Failure> failures) {
        Optional<String> sender = item.sender();
        if (failures.isEmpty() || sender.isEmpty()) {
            return Consequence.NONE;
        }
        try {
            return queueing(mail(item, sender.get(), failures));
        } catch (MessagingException e) {
            LOGGER.warn(
                    "A sender can't be told of a failure, because of {}",
                    e.getClass().getName());
            return Consequence.NONE;
        }
    }

    private Consequence queueing(MailImpl mail) {
        return connection -> {
            try {
                return spool.enQueue(connection, mail);
            } finally {
                mail.dispose();
            }
        };
    }

    private MailImpl mail(OutgoingItem item, String sender, List<Failure> failures) throws MessagingException {
        FailureReport report = new FailureReport(
                relay.hostname().text(),
                "mailer-daemon@" + relay.domain().text(),
                sender,
                item.accepted(),
                clock.instant(),
                UUID.randomUUID().toString());
        MimeMessage message = new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(report.text(failures, header(item))));
        return MailImpl.builder()
                .name(MailImpl.getId())
                .sender(MaybeSender.nullSender())
                .addRecipient(new MailAddress(sender))
                .addAttribute(Mail.SENT_BY_MAILET_ATTRIBUTE)
                .mimeMessage(message)
                .build();
    }

    /** As much of it as a report repeats. */
    private byte[] header(OutgoingItem item) {
        ByteArrayOutputStream header = new ByteArrayOutputStream(2048);
        try (InputStream in = new BufferedInputStream(queue.open(item))) {
            int lineLength = 0;
            for (int octet = in.read(); octet >= 0 && header.size() < MAX_HEADER; octet = in.read()) {
                header.write(octet);
                if (octet == '\n') {
                    if (lineLength == 0) {
                        break;
                    }
                    lineLength = 0;
                } else if (octet != '\r') {
                    lineLength++;
                }
            }
        } catch (IOException e) {
            LOGGER.debug("A report goes without the header of its message", e);
        }
        return header.toByteArray();
    }
}
