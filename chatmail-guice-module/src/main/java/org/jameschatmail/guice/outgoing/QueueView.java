package org.jameschatmail.guice.outgoing;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.mail.MessagingException;
import org.jameschatmail.core.outgoing.Diagnosis;
import org.jameschatmail.guice.outgoing.Dispatcher.Trouble;
import org.jameschatmail.guice.outgoing.OutgoingItem.Place;
import org.jameschatmail.guice.outgoing.OutgoingQueue.Backlog;
import org.jameschatmail.web.queue.OutgoingMessages;

/** What an administrator sees of the queue, and does to it. Thread-safe. */
@Singleton
final class QueueView implements OutgoingMessages {
    private static final int BATCH = 100;
    private static final Diagnosis REMOVED = Diagnosis.ours(554, "5.3.2", "Removed by the administrator of the server");

    private final OutgoingQueue queue;
    private final Dispatcher dispatcher;
    private final Delivery delivery;
    private final CurrentSigner signer;

    @Inject
    QueueView(OutgoingQueue queue, Dispatcher dispatcher, Delivery delivery, CurrentSigner signer) {
        this.queue = queue;
        this.dispatcher = dispatcher;
        this.delivery = delivery;
        this.signer = signer;
    }

    @Override
    public List<DomainQueue> domains() throws SQLException {
        Map<String, Trouble> troubles = dispatcher.troubles();
        List<DomainQueue> domains = new ArrayList<>();
        for (Backlog backlog : queue.backlogs()) {
            Optional<Trouble> trouble = Optional.ofNullable(troubles.get(backlog.domain()));
            Instant next = trouble.map(Trouble::pausedUntil)
                    .filter(paused -> paused.isAfter(backlog.nextDue()))
                    .orElse(backlog.nextDue());
            domains.add(new DomainQueue(
                    backlog.domain(),
                    backlog.messages(),
                    backlog.oldest(),
                    next,
                    trouble.map(known -> known.diagnosis().codes())));
        }
        return domains;
    }

    @Override
    public List<QueuedMessage> messages(String domain, int limit) throws SQLException {
        List<QueuedMessage> messages = new ArrayList<>();
        for (Place place : queue.first(domain, limit)) {
            queue.load(domain, place.id()).ifPresent(item -> messages.add(describe(item, place)));
        }
        return messages;
    }

    private static QueuedMessage describe(OutgoingItem item, Place place) {
        List<String> replies = item.recipients().stream()
                .flatMap(recipient -> recipient.last().stream())
                .map(Diagnosis::codes)
                .distinct()
                .toList();
        return new QueuedMessage(
                item.id(),
                item.accepted(),
                place.due(),
                item.attempts(),
                item.recipients().size(),
                item.bodySize(),
                replies);
    }

    @Override
    public int retry(String domain) throws SQLException {
        int due = queue.makeDue(domain);
        if (due > 0) {
            dispatcher.reconsider(domain);
        }
        return due;
    }

    @Override
    public int giveUp(String domain) throws SQLException {
        int removed = 0;
        List<OutgoingItem> items = queue.acceptedUntil(domain, Instant.ofEpochMilli(Long.MAX_VALUE), BATCH);
        while (!items.isEmpty()) {
            for (OutgoingItem item : items) {
                giveUp(item);
            }
            removed += items.size();
            items = queue.acceptedUntil(domain, Instant.ofEpochMilli(Long.MAX_VALUE), BATCH);
        }
        if (removed > 0) {
            dispatcher.reconsider(domain);
        }
        return removed;
    }

    private void giveUp(OutgoingItem item) throws SQLException {
        try {
            delivery.giveUp(item, REMOVED);
        } catch (MessagingException e) {
            throw new SQLException("A message can't be read", e);
        }
    }

    @Override
    public List<KeyRecord> keyRecords() {
        String domain = signer.get().domain().text();
        return signer.published().stream()
                .map(key -> new KeyRecord(key.selector() + "._domainkey." + domain, key.record()))
                .toList();
    }
}
