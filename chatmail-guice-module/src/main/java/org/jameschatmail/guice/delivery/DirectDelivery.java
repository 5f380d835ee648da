package org.jameschatmail.guice.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.mail.Flags;
import javax.mail.MessagingException;
import javax.sql.DataSource;
import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.jameschatmail.core.header.HeaderRewrite;
import org.jameschatmail.core.metric.CounterName;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.guice.database.Transactions;
import org.jameschatmail.guice.delivery.RecentDeliveries.RepeatedException;
import org.jameschatmail.guice.mailbox.Appended;
import org.jameschatmail.guice.mailbox.MessageAppends;
import org.jameschatmail.guice.mailbox.NewMessage;
import org.jameschatmail.guice.mailbox.OverQuotaException;
import org.jameschatmail.guice.outgoing.OutgoingMail;
import org.jameschatmail.guice.outgoing.OutgoingQueue;
import org.jameschatmail.guice.push.PushQueue;
import org.jameschatmail.guice.queue.JdbcMailQueue;
import org.jameschatmail.guice.queue.JdbcMailQueueFactory;
import org.jameschatmail.protocols.smtp.LocalRecipients;
import org.jameschatmail.protocols.smtp.LocalRecipients.Whereabouts;
import org.jameschatmail.protocols.smtp.MessageAcceptance;
import org.jameschatmail.protocols.smtp.reception.ReceivedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers before the client hears 250: one transaction appends the message to the mailboxes of its local recipients,
 * queues it for other servers, and puts it into the spool queue for all others. So a message is accepted wholly or not at
 * all. Those who wait for it are told after the commit, by other threads. The notifications to devices are queued in the
 * same transaction, except for the sender's own.
 *
 * <p>By way of the spool go addresses that the operator rewrites, and what bounces: an unknown recipient beside known
 * ones, a full mailbox beside others. A message whose only recipients are full is refused; so is one with any full
 * recipient, where the caller wants that. What comes once more, because our answer got lost, is accepted and goes nowhere
 * ({@link RecentDeliveries}), and is counted.
 */
@Singleton
final class DirectDelivery implements MessageAcceptance {
    private static final Logger LOGGER = LoggerFactory.getLogger(DirectDelivery.class);
    /** The processor of mailetcontainer.xml for recipients who are over quota. */
    private static final String MAILBOX_FULL = "mailbox-full";
    /** Two databases choose a victim when transactions wait for one another; it may try again. */
    private static final int TRIES = 5;

    private static final String ROLLED_BACK_BY_DATABASE = "40";

    private final LocalRecipients whereabouts;
    private final MessageAppends appends;
    private final JdbcMailQueue spool;
    private final OutgoingQueue outgoing;
    private final Transactions transactions;
    private final RecentDeliveries recent;
    private final PushQueue push;
    private final WakeUps wakeUps;
    private final Metric repeated;
    private final Clock clock;

    @Inject
    DirectDelivery(
            LocalRecipients whereabouts,
            MessageAppends appends,
            JdbcMailQueueFactory queues,
            OutgoingQueue outgoing,
            DataSource dataSource,
            RecentDeliveries recent,
            PushQueue push,
            WakeUps wakeUps,
            MetricFactory metrics,
            Clock clock) {
        this.whereabouts = whereabouts;
        this.appends = appends;
        this.spool = queues.createQueue(MailQueueFactory.SPOOL);
        this.outgoing = outgoing;
        this.transactions = new Transactions(dataSource);
        this.recent = recent;
        this.push = push;
        this.wakeUps = wakeUps;
        this.repeated = metrics.generate(CounterName.REPEATED.internal());
        this.clock = clock;
    }

    @Override
    public Optional<Rejected> take(Mail mail, ReceivedMessage message, HeaderRewrite rewrite, FullMailboxes whenFull)
            throws MessagingException {
        try {
            DeliveredContent content = DeliveredContent.of(message, mail.getMaybeSender(), rewrite);
            Optional<DeliveryDigest> digest = content.hasMessageId()
                    ? Optional.of(DeliveryDigest.of(mail.getRecipients(), content))
                    : Optional.empty();
            return deliver(new Arrival(mail, message, content, digest), sorted(mail), whenFull);
        } catch (IOException | UncheckedIOException | SQLException | DomainListException | UsersRepositoryException e) {
            throw new MessagingException("The message couldn't be delivered", e);
        }
    }

    /**
     * A message, and what it is made into.
     *
     * @param digest nothing for what may rightly come twice, as it doesn't say which message it is
     */
    private record Arrival(
            Mail mail, ReceivedMessage message, DeliveredContent content, Optional<DeliveryDigest> digest) {}

    /**
     * Where the recipients are.
     *
     * @param remote to be sent to other servers at once, which only our users may ask for
     * @param others for the spool to decide
     */
    private record Recipients(List<MailAddress> local, List<MailAddress> remote, List<MailAddress> others) {}

    private Recipients sorted(Mail mail) throws DomainListException, UsersRepositoryException {
        boolean submitted = mail.getAttribute(Mail.SMTP_AUTH_USER).isPresent();
        Recipients recipients = new Recipients(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (MailAddress recipient : mail.getRecipients()) {
            Whereabouts where = whereabouts.whereabouts(recipient);
            if (where == Whereabouts.LOCAL) {
                recipients.local().add(recipient);
            } else if (where == Whereabouts.REMOTE && submitted) {
                recipients.remote().add(recipient);
            } else {
                recipients.others().add(recipient);
            }
        }
        return recipients;
    }

    private Optional<Rejected> deliver(Arrival arrival, Recipients recipients, FullMailboxes whenFull)
            throws MessagingException, SQLException, UsersRepositoryException {
        Set<MailAddress> full = new HashSet<>();
        for (int attempt = 1; ; attempt++) {
            List<MailAddress> able = recipients.local().stream()
                    .filter(recipient -> !full.contains(recipient))
                    .toList();
            boolean nobody = able.isEmpty()
                    && recipients.remote().isEmpty()
                    && recipients.others().isEmpty();
            if (nobody || whenFull == FullMailboxes.REFUSE_FOR_ALL && !full.isEmpty()) {
                return Optional.of(Rejected.of(Reason.MAILBOX_FULL));
            }
            try {
                announce(
                        commit(arrival, recipients, able, full),
                        arrival.message().receivedAt());
                return Optional.empty();
            } catch (RepeatedException e) {
                repeated.increment();
                return Optional.empty();
            } catch (OverQuotaException e) {
                full.addAll(ownedBy(e.owners(), able));
            } catch (SQLException e) {
                if (attempt == TRIES || !String.valueOf(e.getSQLState()).startsWith(ROLLED_BACK_BY_DATABASE)) {
                    throw e;
                }
                LOGGER.debug("A delivery is tried again", e);
            }
        }
    }

    private List<MailAddress> ownedBy(List<Username> owners, List<MailAddress> recipients)
            throws UsersRepositoryException {
        List<MailAddress> owned = new ArrayList<>();
        for (MailAddress recipient : recipients) {
            if (owners.contains(whereabouts.account(recipient))) {
                owned.add(recipient);
            }
        }
        return owned;
    }

    /** What is to be told once the transaction is committed. */
    private record Delivered(List<Appended> appended, List<Runnable> queued) {}

    private void announce(Delivered delivered, long received) {
        wakeUps.dispatch(delivered.appended(), received);
        delivered.queued().forEach(Runnable::run);
    }

    private Delivered commit(Arrival arrival, Recipients recipients, List<MailAddress> able, Set<MailAddress> full)
            throws SQLException, MessagingException, OverQuotaException, RepeatedException, UsersRepositoryException {
        List<Username> owners = new ArrayList<>();
        for (MailAddress recipient : able) {
            owners.add(whereabouts.account(recipient));
        }
        DeliveredContent content = arrival.content();
        NewMessage stored = new NewMessage(content, content.header().length, clock.instant(), new Flags());
        try {
            return transactions.<Delivered, Exception>run(connection -> {
                if (arrival.digest().isPresent()) {
                    recent.add(connection, arrival.digest().get());
                }
                List<Appended> appended = appends.appendToInboxes(connection, stored, owners);
                List<Runnable> queued = new ArrayList<>();
                queued.add(push.add(connection, othersThanTheSender(arrival.mail(), appended)));
                send(connection, arrival, recipients.remote()).ifPresent(queued::add);
                queue(connection, arrival, recipients.others(), Mail.DEFAULT).ifPresent(queued::add);
                queue(connection, arrival, full, MAILBOX_FULL).ifPresent(queued::add);
                return new Delivered(appended, queued);
            });
        } catch (SQLException | MessagingException | OverQuotaException | RepeatedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new MessagingException("The message couldn't be delivered", e);
        }
    }

    private static List<Username> othersThanTheSender(Mail mail, List<Appended> appended) {
        Optional<Username> sender = AttributeUtils.getValueAndCastFromMail(mail, Mail.SMTP_AUTH_USER, String.class)
                .map(Username::of);
        return appended.stream()
                .map(Appended::owner)
                .filter(owner -> sender.filter(owner::equals).isEmpty())
                .toList();
    }

    private Optional<Runnable> send(Connection connection, Arrival arrival, List<MailAddress> recipients)
            throws SQLException, MessagingException {
        if (recipients.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> sender = arrival.mail().getMaybeSender().asOptional().map(MailAddress::asString);
        List<String> addresses = recipients.stream().map(MailAddress::asString).toList();
        return Optional.of(
                outgoing.add(connection, new OutgoingMail(sender, addresses, arrival.content()::writeOutgoing)));
    }

    private Optional<Runnable> queue(
            Connection connection, Arrival arrival, Collection<MailAddress> recipients, String processor)
            throws SQLException, MessagingException {
        if (recipients.isEmpty()) {
            return Optional.empty();
        }
        MailImpl queued = MailImpl.duplicateWithoutMessage(arrival.mail())
                .state(processor)
                .build();
        queued.setRecipients(recipients);
        queued.setMessageContent(arrival.message());
        return Optional.of(spool.enQueue(connection, queued));
    }
}
