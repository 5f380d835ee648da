package org.jameschatmail.guice.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Username;
import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.event.EventFactory;
import org.jameschatmail.core.expiry.MessageCutoffs;

/**
 * Finds what is old in the mailboxes, by their keys, and removes it as an EXPUNGE does: bodies that nobody else has go
 * along, the counts and the usage of the account are right in the same transaction, and whoever has the mailbox open is
 * told. Each call is one short transaction. Thread-safe.
 */
@Singleton
public final class OldMessages {
    /** Removed by no client, so that every client is told. */
    private static final MailboxSession.SessionId NO_SESSION = MailboxSession.SessionId.of(0);

    private static final String MAILBOXES = "SELECT id, namespace, owner, name, message_count FROM chatmail_mailbox"
            + " --DERBY-PROPERTIES constraint=CHATMAIL_MAILBOX_PK\n"
            + " WHERE id > ? AND id <= ? ORDER BY id FETCH FIRST ? ROWS ONLY";
    private static final String OLDER = " WHERE mailbox_id = ? AND uid > ? AND (internal_date < ? OR save_date < ?)";

    private final MailboxDatabase database;
    private final MessageWrites writes;
    private final EventBus events;

    @Inject
    OldMessages(MailboxDatabase database, MessageWrites writes, EventBus events) {
        this.database = database;
        this.writes = writes;
        this.events = events;
    }

    /** The mailboxes whose places lie behind {@code after} and not behind {@code upTo}, in this order. */
    public List<MailboxPlace> mailboxes(long after, long upTo, int limit) throws MailboxException {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(MAILBOXES)) {
                select.setLong(1, after);
                select.setLong(2, upTo);
                select.setInt(3, limit);
                List<MailboxPlace> places = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        places.add(new MailboxPlace(
                                rows.getLong(1),
                                MailboxRows.path(rows.getString(2), rows.getString(3), rows.getString(4)),
                                rows.getLong(5)));
                    }
                }
                return places;
            }
        });
    }

    /** All mailboxes of an account. */
    public List<MailboxPlace> mailboxesOf(Username owner) throws MailboxException {
        return database.read(connection ->
                MailboxRows.ofOwners(connection, MailboxConstants.USER_NAMESPACE, List.of(owner.asString())).stream()
                        .map(MailboxPlace::of)
                        .toList());
    }

    /** The messages of a mailbox that are too old, by UID. */
    public List<OldMessage> expired(long mailbox, MessageCutoffs cutoffs, long afterUid, int limit)
            throws MailboxException {
        return database.read(connection ->
                rows(connection, mailbox, afterUid, cutoffs.youngest(), row -> isExpired(row, cutoffs), limit));
    }

    private static boolean isExpired(StoredRow row, MessageCutoffs cutoffs) {
        return cutoffs.include(row.arrival(), row.octets(), row.flags().seen());
    }

    /** The messages of a mailbox that arrived before this moment, the oldest first. */
    public List<OldMessage> oldest(long mailbox, Instant before, int limit) throws MailboxException {
        List<OldMessage> all =
                database.read(connection -> rows(connection, mailbox, 0, before, row -> true, Integer.MAX_VALUE));
        return all.stream()
                .sorted(Comparator.comparing(OldMessage::arrival).thenComparing(OldMessage::uid))
                .limit(limit)
                .toList();
    }

    private static List<OldMessage> rows(
            Connection connection, long mailbox, long afterUid, Instant before, Predicate<StoredRow> wanted, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(MessageRows.SELECT + OLDER + " ORDER BY uid")) {
            select.setLong(1, mailbox);
            select.setLong(2, afterUid);
            select.setLong(3, before.toEpochMilli());
            select.setLong(4, before.toEpochMilli());
            List<OldMessage> old = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (old.size() < limit && rows.next()) {
                    StoredRow row = MessageRows.row(rows);
                    if (wanted.test(row)) {
                        old.add(OldMessage.of(row));
                    }
                }
            }
            return old;
        }
    }

    /** Removes messages of one mailbox, except those that are seen no longer and therefore not expired. */
    public Removed removeExpired(MailboxPlace mailbox, List<OldMessage> messages, MessageCutoffs cutoffs)
            throws MailboxException {
        return remove(mailbox, messages, row -> isExpired(row, cutoffs));
    }

    /** Removes messages of one mailbox; those that are gone are left out. */
    public Removed remove(MailboxPlace mailbox, List<OldMessage> messages) throws MailboxException {
        return remove(mailbox, messages, row -> true);
    }

    private Removed remove(MailboxPlace mailbox, List<OldMessage> messages, Predicate<StoredRow> wanted)
            throws MailboxException {
        List<MessageRange> ranges = MessageRange.toRanges(messages.stream()
                .map(message -> MessageUid.of(message.uid()))
                .sorted()
                .toList());
        List<StoredRow> removed = removeIfThere(mailbox, ranges, wanted);
        if (removed.isEmpty()) {
            return Removed.NOTHING;
        }
        announce(mailbox, removed);
        return new Removed(
                removed.size(), removed.stream().mapToLong(StoredRow::octets).sum());
    }

    private List<StoredRow> removeIfThere(MailboxPlace mailbox, List<MessageRange> ranges, Predicate<StoredRow> wanted)
            throws MailboxException {
        if (ranges.isEmpty()) {
            return List.of();
        }
        try {
            return database.change(connection -> writes.delete(connection, mailbox.place(), ranges, wanted));
        } catch (MailboxNotFoundException e) {
            return List.of();
        }
    }

    private void announce(MailboxPlace mailbox, List<StoredRow> removed) {
        TreeMap<MessageUid, MessageMetaData> byUid = new TreeMap<>();
        removed.forEach(row -> byUid.put(MessageUid.of(row.uid()), row.metaData()));
        JdbcMailboxId id = new JdbcMailboxId(mailbox.place());
        events.dispatch(
                        EventFactory.expunged()
                                .randomEventId()
                                .user(mailbox.owner())
                                .sessionId(NO_SESSION)
                                .mailboxId(id)
                                .mailboxPath(mailbox.path())
                                .metaData(byUid)
                                .build(),
                        new MailboxIdRegistrationKey(id))
                .block();
    }
}
