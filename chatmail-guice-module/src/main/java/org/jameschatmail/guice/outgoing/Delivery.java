package org.jameschatmail.guice.outgoing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.mail.MessagingException;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.core.dkim.MessageSigner;
import org.jameschatmail.core.outgoing.Attempt;
import org.jameschatmail.core.outgoing.Destination;
import org.jameschatmail.core.outgoing.Diagnosis;
import org.jameschatmail.core.outgoing.FailureReport.Failure;
import org.jameschatmail.core.outgoing.RecipientOutcome;
import org.jameschatmail.core.outgoing.RetrySchedule;
import org.jameschatmail.guice.outgoing.OutgoingItem.Place;
import org.jameschatmail.guice.transport.Courier;
import org.jameschatmail.guice.transport.Letter;
import org.jameschatmail.guice.transport.OutboundMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at one message: signs it, has it brought to its domain, and notes what came of it. The note follows the
 * other server's answer at once, for what lies between is sent twice after a kill. Thread-safe.
 */
@Singleton
final class Delivery implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Delivery.class);
    private static final int KEPT_IN_MEMORY = 1 << 20;
    private static final int EXPIRED_AT_ONCE = 100;
    /** What may stand between angle brackets; anything else could end the command early. */
    private static final Pattern SAFE =
            Pattern.compile("[\\x21-\\x3b\\x3d\\x3f-\\x7e]{1,254}@[\\x21-\\x3b\\x3d\\x3f-\\x7e]+");

    private final OutgoingQueue queue;
    private final Courier courier;
    private final Supplier<MessageSigner> signer;
    private final RetrySchedule schedule;
    private final FailureReports reports;
    private final OutgoingCounters counters;
    private final Clock clock;
    private final Random random = new Random();
    private volatile boolean closed;

    @Inject
    Delivery(
            OutgoingQueue queue,
            Courier courier,
            Supplier<MessageSigner> signer,
            RetrySchedule schedule,
            FailureReports reports,
            MetricFactory metrics,
            Clock clock) {
        this.queue = queue;
        this.courier = courier;
        this.signer = signer;
        this.schedule = schedule;
        this.reports = reports;
        this.counters = OutgoingCounters.of(metrics);
        this.clock = clock;
    }

    /**
     * What is to be known of an attempt to say when the next one may be.
     *
     * @param again where the message stands now, if some haven't got it
     * @param unreached why no host of the domain answered
     * @param firstEnd when the oldest message of a domain out of reach is to be given up
     */
    record Report(Optional<Place> again, Optional<Diagnosis> unreached, Optional<Instant> firstEnd) {
        private static final Report FINISHED = new Report(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** @throws Exception when our own store fails: nothing is noted then */
    Report attempt(Place place) throws Exception {
        Optional<OutgoingItem> found = queue.load(place.domain(), place.id());
        if (found.isEmpty()) {
            return Report.FINISHED;
        }
        OutgoingItem item = found.get();
        Attempt attempt = deliver(item);
        if (closed && !attempt.reached()) {
            return Report.FINISHED;
        }
        Optional<Place> again = note(item, attempt);
        if (attempt.reached()) {
            return new Report(again, Optional.empty(), Optional.empty());
        }
        Diagnosis diagnosis = anyDiagnosis(attempt);
        return new Report(again, Optional.of(diagnosis), expire(item.domain(), diagnosis));
    }

    private Attempt deliver(OutgoingItem item) throws IOException {
        List<String> recipients =
                item.recipients().stream().map(QueuedRecipient::address).toList();
        Optional<Destination> destination = Destination.parse(item.domain());
        boolean safe =
                recipients.stream().allMatch(address -> SAFE.matcher(address).matches())
                        && item.sender()
                                .filter(sender -> !SAFE.matcher(sender).matches())
                                .isEmpty();
        if (destination.isEmpty() || !safe) {
            Diagnosis diagnosis = Diagnosis.ours(553, "5.1.3", "The address can't be written to another server");
            return Attempt.answered(recipients, new RecipientOutcome.Failed(diagnosis));
        }
        OutboundMessage message;
        try {
            message = OutboundMessage.signed(content(item), signer.get(), clock.instant());
        } catch (IOException e) {
            LOGGER.warn(
                    "A message to another server can't be read, because of {}",
                    e.getClass().getName());
            LOGGER.debug("Why a message can't be read", e);
            Diagnosis diagnosis = Diagnosis.ours(451, "4.3.0", "The message can't be read");
            return Attempt.answered(recipients, new RecipientOutcome.Deferred(diagnosis));
        }
        return courier.deliver(new Letter(destination.get(), item.sender(), recipients, message));
    }

    /** Small messages are read from the database once. */
    private OutboundMessage.Source content(OutgoingItem item) throws IOException {
        if (item.bodySize() > KEPT_IN_MEMORY) {
            return () -> queue.open(item);
        }
        try (InputStream in = queue.open(item)) {
            byte[] octets = in.readAllBytes();
            return () -> new ByteArrayInputStream(octets);
        }
    }

    private Optional<Place> note(OutgoingItem item, Attempt attempt) throws SQLException, MessagingException {
        Instant now = clock.instant();
        Optional<Instant> next = schedule.next(item.attempts() + 1, item.accepted(), now, random.nextDouble());
        List<QueuedRecipient> left = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (Map.Entry<String, RecipientOutcome> entry : attempt.outcomes().entrySet()) {
            String recipient = entry.getKey();
            RecipientOutcome outcome = entry.getValue();
            if (outcome instanceof RecipientOutcome.Failed failed) {
                failures.add(new Failure(recipient, failed.diagnosis()));
            } else if (outcome instanceof RecipientOutcome.Deferred deferred) {
                if (next.isPresent()) {
                    left.add(new QueuedRecipient(recipient, Optional.of(deferred.diagnosis())));
                } else {
                    failures.add(new Failure(recipient, deferred.diagnosis()));
                }
            } else {
                counters.delivered().increment();
            }
        }
        counters.deferred().add(left.size());
        counters.failed().add(failures.size());
        return settle(item, left, failures, next);
    }

    private Optional<Place> settle(
            OutgoingItem item, List<QueuedRecipient> left, List<Failure> failures, Optional<Instant> next)
            throws SQLException, MessagingException {
        OutgoingQueue.Consequence report = reports.of(item, failures);
        if (left.isEmpty() || next.isEmpty()) {
            queue.remove(item, report);
            return Optional.empty();
        }
        queue.putOff(item, left, next.get(), report);
        return Optional.of(new Place(item.domain(), item.id(), next.get()));
    }

    private static Diagnosis anyDiagnosis(Attempt attempt) {
        for (RecipientOutcome outcome : attempt.outcomes().values()) {
            if (outcome instanceof RecipientOutcome.Deferred deferred) {
                return deferred.diagnosis();
            }
        }
        return Diagnosis.ours(451, "4.4.1", "The domain can't be reached");
    }

    /** Gives up all messages of a domain out of reach whose time is over; gives when that of the next one is. */
    private Optional<Instant> expire(String domain, Diagnosis diagnosis) throws SQLException, MessagingException {
        while (!closed) {
            Instant over = clock.instant().minus(schedule.lifetime());
            List<OutgoingItem> expired = queue.acceptedUntil(domain, over, EXPIRED_AT_ONCE);
            if (expired.isEmpty()) {
                break;
            }
            for (OutgoingItem item : expired) {
                giveUp(item, diagnosis);
            }
        }
        return queue.acceptedUntil(domain, Instant.ofEpochMilli(Long.MAX_VALUE), 1).stream()
                .map(item -> schedule.end(item.accepted()))
                .findFirst();
    }

    /** Tells the sender, and forgets the message. */
    void giveUp(OutgoingItem item, Diagnosis unlessKnown) throws SQLException, MessagingException {
        List<Failure> failures = item.recipients().stream()
                .map(recipient ->
                        new Failure(recipient.address(), recipient.last().orElse(unlessKnown)))
                .toList();
        counters.failed().add(failures.size());
        queue.remove(item, reports.of(item, failures));
    }

    /** Breaks off what is under way, without a note of it. */
    @Override
    public void close() {
        closed = true;
        courier.close();
    }
}
