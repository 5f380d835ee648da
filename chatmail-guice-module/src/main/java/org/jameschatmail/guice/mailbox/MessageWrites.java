package org.jameschatmail.guice.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaCountUsage;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.core.quota.QuotaSizeUsage;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.OverQuotaException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.FlagsUpdateCalculator;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.jameschatmail.guice.mailbox.StorageLimits.Usage;

/** What changes the messages of a mailbox, each within a transaction of the caller. Thread-safe. */
@Singleton
final class MessageWrites {
    private final Bodies bodies;
    private final StorageLimits limits;
    private final Clock clock;

    @Inject
    MessageWrites(Bodies bodies, StorageLimits limits, Clock clock) {
        this.bodies = bodies;
        this.limits = limits;
        this.clock = clock;
    }

    /** Adds a message, whose body is stored unless its id says that it is there. */
    StoredRow append(Connection connection, Mailbox mailbox, MailboxMessage message)
            throws SQLException, MailboxException {
        StoredFlags flags = StoredFlags.of(message.createFlags());
        long octets = message.getFullContentOctets();
        MailboxState state = addWithinQuota(connection, mailbox, MailboxChange.arrival(flags, octets));
        StoredRow row = new StoredRow(
                state.id().number(),
                state.lastUid(),
                state.modSeq(),
                bodyOf(connection, message),
                message.getInternalDate().toInstant().truncatedTo(ChronoUnit.MILLIS),
                message.getSaveDate().map(Date::toInstant).orElseGet(this::now),
                octets,
                Math.toIntExact(message.getHeaderOctets()),
                flags);
        Keywords.remember(connection, state, flags);
        MessageRows.insert(connection, List.of(row));
        return row;
    }

    private long bodyOf(Connection connection, MailboxMessage message) throws SQLException, MailboxException {
        long id = message.getMessageId() instanceof JdbcMessageId known
                ? known.number()
                : JdbcMessageId.random().number();
        if (Bodies.share(connection, id, 1)) {
            return id;
        }
        try (InputStream content = message.getFullContent()) {
            bodies.insert(
                    connection,
                    id,
                    1,
                    content,
                    message.getFullContentOctets(),
                    Math.toIntExact(message.getHeaderOctets()));
            return id;
        } catch (IOException e) {
            throw new MailboxException("The message can't be read", e);
        }
    }

    /** Copies messages of this store, as recent ones, in the order given. Those that are gone are left out. */
    List<StoredRow> copy(Connection connection, Mailbox target, List<MailboxMessage> originals)
            throws SQLException, MailboxException {
        List<StoredRow> sources = new ArrayList<>();
        for (MailboxMessage original : originals) {
            sources.add(rowOf(original));
        }
        List<StoredRow> copies = takePlace(connection, target, sources);
        SortedMap<Long, Integer> references = references(copies);
        Set<Long> gone = new HashSet<>();
        for (SortedMap.Entry<Long, Integer> body : references.entrySet()) {
            if (!Bodies.share(connection, body.getKey(), body.getValue())) {
                gone.add(body.getKey());
            }
        }
        if (!gone.isEmpty()) {
            List<StoredRow> missing =
                    copies.stream().filter(copy -> gone.contains(copy.body())).toList();
            MailboxRows.addCounts(connection, JdbcMailboxId.numberOf(target.getMailboxId()), removals(missing));
            copies.removeAll(missing);
        }
        MessageRows.insert(connection, copies);
        return copies;
    }

    /** Moves messages from one mailbox to another. Those that are gone are left out. */
    List<StoredRow> move(Connection connection, Mailbox source, Mailbox target, List<MailboxMessage> originals)
            throws SQLException, MailboxException {
        long from = JdbcMailboxId.numberOf(source.getMailboxId());
        long to = JdbcMailboxId.numberOf(target.getMailboxId());
        TreeSet<String> owners = new TreeSet<>(
                List.of(source.getUser().asString(), target.getUser().asString()));
        for (String owner : owners) {
            MailboxRows.lockInbox(connection, owner);
        }
        for (long id : new TreeSet<>(List.of(from, to))) {
            MailboxRows.lock(connection, id);
        }
        List<StoredRow> sources = new ArrayList<>();
        for (MailboxMessage original : originals) {
            sources.addAll(MessageRows.read(connection, from, MessageRange.one(original.getUid()), 1));
        }
        MessageRows.delete(connection, sources);
        MailboxRows.add(connection, from, removals(sources));
        List<StoredRow> moved = takePlace(connection, target, sources);
        MessageRows.insert(connection, moved);
        return moved;
    }

    /** Locks and counts in the target mailbox; gives the rows that are to be inserted there. */
    private List<StoredRow> takePlace(Connection connection, Mailbox target, List<StoredRow> sources)
            throws SQLException, MailboxException {
        MailboxChange change = MailboxChange.NONE;
        List<StoredFlags> flags = new ArrayList<>();
        for (StoredRow source : sources) {
            StoredFlags recent = source.flags().withRecent();
            flags.add(recent);
            change = change.plus(MailboxChange.arrival(recent, source.octets()));
        }
        MailboxState state = addWithinQuota(connection, target, change);
        long uid = state.lastUid() - sources.size();
        List<StoredRow> copies = new ArrayList<>();
        for (int index = 0; index < sources.size(); index++) {
            copies.add(sources.get(index).in(state.id().number(), ++uid, state.modSeq(), flags.get(index), now()));
        }
        Keywords.remember(connection, state, flags);
        return copies;
    }

    /** Deletes what there is of these messages, and gives it back. */
    List<StoredRow> delete(Connection connection, long mailbox, List<MessageRange> ranges)
            throws SQLException, MailboxException {
        return delete(connection, mailbox, ranges, row -> true);
    }

    /** As {@link #delete(Connection, long, List)}, but only those that are wanted as they are now. */
    List<StoredRow> delete(Connection connection, long mailbox, List<MessageRange> ranges, Predicate<StoredRow> wanted)
            throws SQLException, MailboxException {
        MailboxRows.lock(connection, mailbox);
        List<StoredRow> rows = new ArrayList<>();
        for (MessageRange range : ranges) {
            rows.addAll(MessageRows.read(connection, mailbox, range, 0));
        }
        rows.removeIf(wanted.negate());
        if (rows.isEmpty()) {
            return rows;
        }
        MessageRows.delete(connection, rows);
        MailboxRows.add(connection, mailbox, removals(rows));
        Bodies.release(connection, references(rows));
        return rows;
    }

    /** How often each body is named, in the order in which bodies are locked. */
    private static SortedMap<Long, Integer> references(List<StoredRow> rows) {
        SortedMap<Long, Integer> references = new TreeMap<>();
        rows.forEach(row -> references.merge(row.body(), 1, Integer::sum));
        return references;
    }

    /** A message whose flags were to be changed: as it was, and as it is. */
    record FlagChange(StoredRow before, StoredRow after) {
        boolean isChange() {
            return !before.flags().equals(after.flags());
        }
    }

    /** Changes the flags of a range; every message of it is told, also those that had these flags. */
    List<FlagChange> updateFlags(
            Connection connection, long mailbox, FlagsUpdateCalculator calculator, MessageRange range)
            throws SQLException, MailboxException {
        MailboxState state = MailboxRows.add(connection, mailbox, MailboxChange.NONE);
        List<FlagChange> changes = changes(MessageRows.read(connection, mailbox, range, 0), calculator, state.modSeq());
        List<StoredRow> changed = changes.stream()
                .filter(FlagChange::isChange)
                .map(FlagChange::after)
                .toList();
        MailboxChange counts = MailboxChange.NONE;
        for (FlagChange change : changes) {
            counts = counts.plus(
                    MailboxChange.flags(change.before().flags(), change.after().flags()));
        }
        MessageRows.updateFlags(connection, changed);
        Keywords.remember(
                connection, state, changed.stream().map(StoredRow::flags).toList());
        if (!counts.equals(MailboxChange.NONE)) {
            MailboxRows.addCounts(connection, mailbox, counts);
        }
        return changes;
    }

    /** What an update would do to these messages. */
    static List<FlagChange> changes(List<StoredRow> rows, FlagsUpdateCalculator calculator, long modSeq)
            throws MailboxException {
        List<FlagChange> changes = new ArrayList<>();
        for (StoredRow row : rows) {
            StoredFlags flags =
                    StoredFlags.of(calculator.buildNewFlags(row.flags().toFlags()));
            changes.add(new FlagChange(row, flags.equals(row.flags()) ? row : row.withFlags(flags, modSeq)));
        }
        return changes;
    }

    private MailboxState addWithinQuota(Connection connection, Mailbox mailbox, MailboxChange change)
            throws SQLException, MailboxException {
        lockInbox(connection, mailbox);
        MailboxState state = MailboxRows.add(connection, JdbcMailboxId.numberOf(mailbox.getMailboxId()), change);
        String owner = state.owner();
        Usage usage = StorageLimits.usage(MailboxRows.ofOwners(connection, state.namespace(), List.of(owner)))
                .getOrDefault(owner, Usage.NOTHING);
        AccountLimit limit = limits.of(connection, state.namespace(), owner);
        if (limit.isExceededBy(usage.octets(), usage.messages())) {
            throw overQuota(limit, usage);
        }
        limits.watch(Username.of(owner), usage, limit);
        return state;
    }

    private static OverQuotaException overQuota(AccountLimit limit, Usage usage) {
        boolean tooLarge =
                limit.octets().filter(octets -> usage.octets() > octets).isPresent();
        if (tooLarge) {
            return new OverQuotaException(
                    "The account is over its quota",
                    QuotaSizeLimit.size(limit.octets().orElseThrow()),
                    QuotaSizeUsage.size(usage.octets()));
        }
        return new OverQuotaException(
                "The account has too many messages",
                QuotaCountLimit.count(limit.messages().orElseThrow()),
                QuotaCountUsage.count(usage.messages()));
    }

    /** The INBOX guards what its account stores; its own update locks it anyhow. */
    private static void lockInbox(Connection connection, Mailbox mailbox) throws SQLException {
        boolean isInbox = mailbox.getName().equals(MailboxConstants.INBOX)
                && mailbox.getNamespace().equals(MailboxConstants.USER_NAMESPACE);
        if (!isInbox) {
            MailboxRows.lockInbox(connection, mailbox.getUser().asString());
        }
    }

    private static MailboxChange removals(List<StoredRow> rows) {
        return rows.stream()
                .map(row -> MailboxChange.removal(row.flags(), row.octets()))
                .reduce(MailboxChange.NONE, MailboxChange::plus);
    }

    private static StoredRow rowOf(MailboxMessage message) throws MailboxException {
        return new StoredRow(
                JdbcMailboxId.numberOf(message.getMailboxId()),
                0,
                0,
                JdbcMessageId.numberOf(message.getMessageId()),
                message.getInternalDate().toInstant(),
                message.getInternalDate().toInstant(),
                message.getFullContentOctets(),
                Math.toIntExact(message.getHeaderOctets()),
                StoredFlags.of(message.createFlags()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
