package org.jameschatmail.guice.mailbox;

import com.github.fge.lambdas.Throwing;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.Flags;
import org.apache.james.mailbox.ApplicableFlagBuilder;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxCounters;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.mailbox.store.FlagsUpdateCalculator;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.jameschatmail.guice.mailbox.MessageWrites.FlagChange;
import org.jameschatmail.guice.mailbox.StoredMessages.Structure;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The messages of mailboxes. Keeps no state and no transaction of its own: each call is one, or a few if it touches
 * many messages. What is asked reactively is done on a thread that may wait: the caller's own, where James would hand it
 * to another one. Thread-safe.
 */
final class JdbcMessageMapper implements MessageMapper {
    /** So many messages are changed by a transaction; Derby locks the whole table from 5,000 rows on. */
    private static final int MAX_CHANGED = 1000;

    private final MailboxDatabase database;
    private final MessageWrites writes;
    private final StoredMessages messages;

    JdbcMessageMapper(MailboxDatabase database, MessageWrites writes, Bodies bodies, Structure structure) {
        this.database = database;
        this.writes = writes;
        this.messages = new StoredMessages(database, bodies, structure);
    }

    /** Where a mailbox stands: one row, in which all counts belong together. */
    MailboxState state(Mailbox mailbox) throws MailboxException {
        return database.read(connection -> MailboxRows.read(connection, number(mailbox)))
                .orElseThrow(() -> new MailboxNotFoundException(mailbox.getMailboxId()));
    }

    private static long number(Mailbox mailbox) {
        return JdbcMailboxId.numberOf(mailbox.getMailboxId());
    }

    private List<StoredRow> rows(Mailbox mailbox, MessageRange range, int limit) throws MailboxException {
        return database.read(connection -> MessageRows.read(connection, number(mailbox), range, limit));
    }

    @Override
    public Iterator<MailboxMessage> findInMailbox(Mailbox mailbox, MessageRange set, FetchType type, int limit)
            throws MailboxException {
        return StoredMessages.groups(rows(mailbox, set, limit)).stream()
                .map(Throwing.<List<StoredRow>, List<MailboxMessage>>function(group -> messages.read(group, type))
                        .sneakyThrow())
                .flatMap(List::stream)
                .iterator();
    }

    /** Reads the octets of a few messages at a time, as the subscriber asks for them. */
    @Override
    public Flux<MailboxMessage> findInMailboxReactive(Mailbox mailbox, MessageRange set, FetchType type, int limit) {
        return StoreCalls.onWaitingThread(Mono.fromCallable(() -> StoredMessages.groups(rows(mailbox, set, limit)))
                .flatMapIterable(groups -> groups)
                .concatMapIterable(
                        Throwing.<List<StoredRow>, List<MailboxMessage>>function(group -> messages.read(group, type))
                                .sneakyThrow(),
                        1));
    }

    @Override
    public Flux<MessageUid> listAllMessageUids(Mailbox mailbox) {
        return StoreCalls.onWaitingThread(() -> uids(mailbox)).flatMapIterable(uids -> uids);
    }

    /** All UIDs of a mailbox, rising. */
    List<MessageUid> uids(Mailbox mailbox) throws MailboxException {
        return database.read(connection -> MessageRows.uids(connection, number(mailbox), MessageRange.all()));
    }

    @Override
    public List<MessageUid> retrieveMessagesMarkedForDeletion(Mailbox mailbox, MessageRange range)
            throws MailboxException {
        return rows(mailbox, range, UNLIMITED).stream()
                .filter(row -> row.flags().deleted())
                .map(row -> MessageUid.of(row.uid()))
                .toList();
    }

    @Override
    public Flux<MessageUid> retrieveMessagesMarkedForDeletionReactive(Mailbox mailbox, MessageRange range) {
        return StoreCalls.onWaitingThread(() -> retrieveMessagesMarkedForDeletion(mailbox, range))
                .flatMapIterable(uids -> uids);
    }

    @Override
    public long countMessagesInMailbox(Mailbox mailbox) throws MailboxException {
        return state(mailbox).messages();
    }

    @Override
    public MailboxCounters getMailboxCounters(Mailbox mailbox) throws MailboxException {
        MailboxState state = state(mailbox);
        return MailboxCounters.builder()
                .mailboxId(state.id())
                .count(state.messages())
                .unseen(state.unseen())
                .build();
    }

    @Override
    public Mono<MailboxCounters> getMailboxCountersReactive(Mailbox mailbox) {
        return StoreCalls.onWaitingThread(() -> getMailboxCounters(mailbox));
    }

    @Override
    public void delete(Mailbox mailbox, MailboxMessage message) throws MailboxException {
        deleteMessages(mailbox, List.of(message.getUid()));
    }

    @Override
    public Map<MessageUid, MessageMetaData> deleteMessages(Mailbox mailbox, List<MessageUid> uids)
            throws MailboxException {
        Map<MessageUid, MessageMetaData> deleted = new HashMap<>();
        List<MessageUid> sorted = uids.stream().sorted().distinct().toList();
        for (int from = 0; from < sorted.size(); from += MAX_CHANGED) {
            List<MessageUid> part = sorted.subList(from, Math.min(sorted.size(), from + MAX_CHANGED));
            database.change(connection -> writes.delete(connection, number(mailbox), MessageRange.toRanges(part)))
                    .forEach(row -> deleted.put(MessageUid.of(row.uid()), row.metaData()));
        }
        return deleted;
    }

    @Override
    public Mono<Map<MessageUid, MessageMetaData>> deleteMessagesReactive(Mailbox mailbox, List<MessageUid> uids) {
        return StoreCalls.onWaitingThread(() -> deleteMessages(mailbox, uids));
    }

    @Override
    public @Nullable MessageUid findFirstUnseenMessageUid(Mailbox mailbox) throws MailboxException {
        if (state(mailbox).unseen() == 0) {
            return null;
        }
        return rows(mailbox, MessageRange.all(), UNLIMITED).stream()
                .filter(row -> !row.flags().seen())
                .map(row -> MessageUid.of(row.uid()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<MessageUid> findRecentMessageUidsInMailbox(Mailbox mailbox) throws MailboxException {
        if (state(mailbox).recent() == 0) {
            return List.of();
        }
        return rows(mailbox, MessageRange.all(), UNLIMITED).stream()
                .filter(row -> row.flags().recent())
                .map(row -> MessageUid.of(row.uid()))
                .toList();
    }

    @Override
    public Mono<List<MessageUid>> findRecentMessageUidsInMailboxReactive(Mailbox mailbox) {
        return StoreCalls.onWaitingThread(() -> findRecentMessageUidsInMailbox(mailbox));
    }

    @Override
    public Mono<List<UpdatedFlags>> resetRecentReactive(Mailbox mailbox) {
        return StoreCalls.onWaitingThread(() -> resetRecent(mailbox));
    }

    @Override
    public MessageMetaData add(Mailbox mailbox, MailboxMessage message) throws MailboxException {
        StoredRow row = database.change(connection -> writes.append(connection, mailbox, message));
        message.setUid(MessageUid.of(row.uid()));
        message.setModSeq(ModSeq.of(row.modSeq()));
        return row.metaData();
    }

    @Override
    public Iterator<UpdatedFlags> updateFlags(Mailbox mailbox, FlagsUpdateCalculator calculator, MessageRange set)
            throws MailboxException {
        List<StoredRow> rows = rows(mailbox, set, UNLIMITED);
        List<FlagChange> updated = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += MAX_CHANGED) {
            List<StoredRow> part = rows.subList(from, Math.min(rows.size(), from + MAX_CHANGED));
            updated.addAll(updateFlags(mailbox, calculator, part));
        }
        return updated.stream().map(JdbcMessageMapper::toUpdatedFlags).iterator();
    }

    @Override
    public Mono<List<UpdatedFlags>> updateFlagsReactive(
            Mailbox mailbox, FlagsUpdateCalculator calculator, MessageRange set) {
        return StoreCalls.onWaitingThread(() -> ImmutableList.copyOf(updateFlags(mailbox, calculator, set)));
    }

    /** Writes nothing when nothing would change. */
    private List<FlagChange> updateFlags(Mailbox mailbox, FlagsUpdateCalculator calculator, List<StoredRow> rows)
            throws MailboxException {
        List<FlagChange> expected = MessageWrites.changes(rows, calculator, 0);
        if (expected.stream().noneMatch(FlagChange::isChange)) {
            return expected;
        }
        MessageRange range = MessageRange.range(
                MessageUid.of(rows.get(0).uid()),
                MessageUid.of(rows.get(rows.size() - 1).uid()));
        return database.change(connection -> writes.updateFlags(connection, number(mailbox), calculator, range));
    }

    private static UpdatedFlags toUpdatedFlags(FlagChange change) {
        return UpdatedFlags.builder()
                .uid(MessageUid.of(change.after().uid()))
                .messageId(new JdbcMessageId(change.after().body()))
                .modSeq(ModSeq.of(change.after().modSeq()))
                .oldFlags(change.before().flags().toFlags())
                .newFlags(change.after().flags().toFlags())
                .build();
    }

    @Override
    public MessageMetaData copy(Mailbox mailbox, MailboxMessage original) throws MailboxException {
        return copy(mailbox, List.of(original)).stream()
                .findFirst()
                .orElseThrow(() -> new MailboxException("The message was deleted meanwhile"));
    }

    @Override
    public List<MessageMetaData> copy(Mailbox mailbox, List<MailboxMessage> originals) throws MailboxException {
        List<MessageMetaData> copied = new ArrayList<>();
        for (int from = 0; from < originals.size(); from += MAX_CHANGED) {
            List<MailboxMessage> part = originals.subList(from, Math.min(originals.size(), from + MAX_CHANGED));
            database.change(connection -> writes.copy(connection, mailbox, part))
                    .forEach(row -> copied.add(row.metaData()));
        }
        return copied;
    }

    @Override
    public MessageMetaData move(Mailbox mailbox, MailboxMessage original) throws MailboxException {
        return move(mailbox, List.of(original)).stream()
                .findFirst()
                .orElseThrow(() -> new MailboxException("The message was deleted meanwhile"));
    }

    @Override
    public List<MessageMetaData> move(Mailbox mailbox, List<MailboxMessage> originals) throws MailboxException {
        List<MessageMetaData> moved = new ArrayList<>();
        for (int from = 0; from < originals.size(); from += MAX_CHANGED) {
            List<MailboxMessage> part = originals.subList(from, Math.min(originals.size(), from + MAX_CHANGED));
            Mailbox source = mailboxOf(part.get(0));
            database.change(connection -> writes.move(connection, source, mailbox, part))
                    .forEach(row -> moved.add(row.metaData()));
        }
        return moved;
    }

    private Mailbox mailboxOf(MailboxMessage message) throws MailboxException {
        return database.read(connection -> MailboxRows.read(connection, JdbcMailboxId.numberOf(message.getMailboxId())))
                .map(JdbcMailboxMapper::toMailbox)
                .orElseThrow(() -> new MailboxNotFoundException(message.getMailboxId()));
    }

    @Override
    public Mono<List<MessageMetaData>> moveReactive(Mailbox mailbox, List<MailboxMessage> originals) {
        return StoreCalls.onWaitingThread(() -> move(mailbox, originals));
    }

    @Override
    public Optional<MessageUid> getLastUid(Mailbox mailbox) throws MailboxException {
        return Optional.of(state(mailbox).lastUid()).filter(uid -> uid > 0).map(MessageUid::of);
    }

    @Override
    public ModSeq getHighestModSeq(Mailbox mailbox) throws MailboxException {
        return ModSeq.of(state(mailbox).modSeq());
    }

    @Override
    public Flags getApplicableFlag(Mailbox mailbox) throws MailboxException {
        ApplicableFlagBuilder flags = ApplicableFlagBuilder.builder();
        StoredFlags.split(state(mailbox).keywords()).forEach(flags::add);
        return flags.build();
    }

    @Override
    public Mono<Flags> getApplicableFlagReactive(Mailbox mailbox) {
        return StoreCalls.onWaitingThread(() -> getApplicableFlag(mailbox));
    }
}
