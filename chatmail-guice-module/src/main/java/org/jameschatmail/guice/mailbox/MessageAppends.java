package org.jameschatmail.guice.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxConstants;
import org.jameschatmail.guice.mailbox.StorageLimits.Usage;

/**
 * Delivers: one message into the INBOX of many, within a transaction of the caller, who commits or rolls back, and
 * dispatches the events after the commit. Thread-safe.
 */
@Singleton
public final class MessageAppends {
    private final Bodies bodies;
    private final StorageLimits limits;
    private final Clock clock;

    @Inject
    MessageAppends(Bodies bodies, StorageLimits limits, Clock clock) {
        this.bodies = bodies;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Appends a message to the INBOX of each owner, and makes the INBOX of those who have none. All or nothing. The rows
     * of these mailboxes stay locked until the transaction ends: commit soon, and append once in a transaction, or else
     * two of them may wait for one another.
     *
     * @param owners in any order; duplicates are ignored
     * @return one for each owner, sorted by owner
     * @throws OverQuotaException when it is too much for some; roll back
     * @throws UncheckedIOException when the content can't be read, or its keywords can't be stored; roll back
     */
    public List<Appended> appendToInboxes(Connection connection, NewMessage message, Collection<Username> owners)
            throws SQLException, OverQuotaException {
        List<String> sorted =
                List.copyOf(owners.stream().map(Username::asString).collect(Collectors.toCollection(TreeSet::new)));
        if (sorted.isEmpty()) {
            return List.of();
        }
        long octets = octets(message);
        StoredFlags flags = flags(message);
        MailboxRows.addToInboxes(connection, sorted, MailboxChange.arrival(flags, octets));
        List<MailboxState> mailboxes = MailboxRows.ofOwners(connection, MailboxConstants.USER_NAMESPACE, sorted);
        requireRoom(connection, sorted, StorageLimits.usage(mailboxes));
        JdbcMessageId id = JdbcMessageId.random();
        insertBody(connection, id, message, octets, sorted.size());
        return insertRows(connection, message, mailboxes, new Arrival(id, octets, flags));
    }

    /** What all copies of a message have in common. */
    private record Arrival(JdbcMessageId id, long octets, StoredFlags flags) {}

    private List<Appended> insertRows(
            Connection connection, NewMessage message, List<MailboxState> mailboxes, Arrival arrival)
            throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Appended> appended = new ArrayList<>();
        List<StoredRow> rows = new ArrayList<>();
        for (MailboxState inbox : mailboxes) {
            if (MailboxRows.isInbox(inbox)) {
                StoredRow row = new StoredRow(
                        inbox.id().number(),
                        inbox.lastUid(),
                        inbox.modSeq(),
                        arrival.id().number(),
                        message.arrival().truncatedTo(ChronoUnit.MILLIS),
                        now,
                        arrival.octets(),
                        Math.toIntExact(Math.min(message.headerOctets(), arrival.octets())),
                        arrival.flags());
                Keywords.remember(connection, inbox, arrival.flags());
                rows.add(row);
                appended.add(appended(inbox, row));
            }
        }
        MessageRows.insert(connection, rows);
        appended.sort(Comparator.comparing(each -> each.owner().asString()));
        return List.copyOf(appended);
    }

    private static Appended appended(MailboxState inbox, StoredRow row) {
        return new Appended(
                Username.of(inbox.owner()),
                inbox.path(),
                inbox.id(),
                MessageUid.of(row.uid()),
                ModSeq.of(row.modSeq()),
                row.metaData());
    }

    private void requireRoom(Connection connection, List<String> owners, Map<String, Usage> usage)
            throws SQLException, OverQuotaException {
        List<Username> full = new ArrayList<>();
        for (String owner : owners) {
            Usage stored = usage.getOrDefault(owner, Usage.NOTHING);
            AccountLimit limit = limits.of(connection, MailboxConstants.USER_NAMESPACE, owner);
            limits.watch(Username.of(owner), stored, limit);
            if (limit.isExceededBy(stored.octets(), stored.messages())) {
                full.add(Username.of(owner));
            }
        }
        if (!full.isEmpty()) {
            throw new OverQuotaException(full);
        }
    }

    private void insertBody(Connection connection, JdbcMessageId id, NewMessage message, long octets, int references)
            throws SQLException {
        try (InputStream content = message.content().getInputStream()) {
            bodies.insert(connection, id.number(), references, content, octets, message.headerOctets());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long octets(NewMessage message) {
        try {
            return message.content().size();
        } catch (MailboxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static StoredFlags flags(NewMessage message) {
        try {
            return StoredFlags.of(message.flags());
        } catch (MailboxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
