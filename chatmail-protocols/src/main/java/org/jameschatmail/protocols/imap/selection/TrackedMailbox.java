package org.jameschatmail.protocols.imap.selection;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.NullableMessageSequenceNumber;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The mailbox that a session has selected, and what its client knows of it. A command that tells of changes resets only
 * what it has asked for before, so that what arrives meanwhile is told by the next one. James' own resets all, and loses
 * it. Thread-safe.
 */
public final class TrackedMailbox implements SelectedMailbox {
    private final MailboxManager mailboxManager;
    private final MessageManager messageManager;
    private final MailboxSession mailboxSession;
    private final boolean readOnly;
    private final MessageNumbers numbers = new MessageNumbers();
    private final MailboxChanges flagged = new MailboxChanges();
    private final MailboxChanges expunged = new MailboxChanges();
    private final KnownFlags flags = new KnownFlags();
    private final MailboxWatch watch;
    private final UidRuns recent = new UidRuns();
    private boolean tellsSize;
    private boolean recentRemoved;
    private volatile boolean deleted;

    TrackedMailbox(
            MailboxManager mailboxManager,
            MessageManager messageManager,
            MailboxSession mailboxSession,
            boolean readOnly) {
        this.mailboxManager = mailboxManager;
        this.messageManager = messageManager;
        this.mailboxSession = mailboxSession;
        this.readOnly = readOnly;
        this.watch = new MailboxWatch(this, numbers, messageManager, mailboxSession);
    }

    /** Hears of changes from now on. */
    Mono<Void> listen(EventBus eventBus) {
        return watch.begin(eventBus)
                .then(messageManager.getApplicableFlagsReactive(mailboxSession))
                .doOnNext(flags::add)
                .then();
    }

    /**
     * Finds what is there; after {@link #listen}.
     *
     * @param uidNext the UIDNEXT that the client is told with the list: what is listed from there on has arrived since,
     *     and the next command tells of it once more, as the client has to look for it again
     */
    Mono<Void> list(MessageUid uidNext) {
        return watch.search(SearchQuery.of(SearchQuery.all()))
                .collectList()
                .doOnNext(uids -> list(uids, uidNext))
                .then();
    }

    private synchronized void list(List<MessageUid> uids, MessageUid uidNext) {
        numbers.list(uids);
        tellsSize = numbers.last().filter(last -> last.compareTo(uidNext) >= 0).isPresent();
    }

    /**
     * What was recent stays so when the same mailbox is selected again: only the selection of another one ends the
     * session that is told of it (RFC 3501, section 1.1).
     */
    synchronized void keepRecent(@Nullable SelectedMailbox before) {
        if (before != null && before.getMailboxId().equals(getMailboxId())) {
            before.getRecent().stream().filter(numbers::has).forEach(recent::add);
        }
    }

    /** Whether the client has asked for it with EXAMINE. */
    public boolean isReadOnly() {
        return readOnly;
    }

    /** The first message from this UID on. */
    Optional<MessageUid> atOrAfter(MessageUid uid) {
        return numbers.atOrAfter(uid);
    }

    /** The last message up to this UID. */
    Optional<MessageUid> atOrBefore(MessageUid uid) {
        return numbers.atOrBefore(uid);
    }

    void vanish(Collection<MessageUid> uids) {
        uids.stream().filter(numbers::vanish).forEach(expunged::add);
    }

    void delete() {
        deleted = true;
    }

    synchronized void flag(UpdatedFlags updated, boolean ours) {
        boolean becameRecent = false;
        boolean tells = updated.userFlagIterator().hasNext();
        for (Flag flag : updated.modifiedSystemFlags()) {
            becameRecent |= flag.equals(Flag.RECENT);
            tells |= !flag.equals(Flag.RECENT);
        }
        if (tells && !ours) {
            flagged.add(updated.getUid());
        }
        if (becameRecent) {
            recent.add(updated.getUid());
        }
        flags.add(updated.getNewFlags());
    }

    @Override
    public Mono<Void> deselect() {
        return watch.end();
    }

    @Override
    public void registerIdle(EventListener.ReactiveEventListener listener) {
        watch.tell(listener);
    }

    @Override
    public void unregisterIdle() {
        watch.tell(null);
    }

    /** Whether there may be something to tell the client; looks only at what is in memory. */
    public synchronized boolean hasNews() {
        return tellsSize
                || recentRemoved
                || numbers.hasArrived()
                || !expunged.isEmpty()
                || !flagged.isEmpty()
                || flags.isBehind();
    }

    /** Gives numbers to what has arrived, if so: whoever asks tells of it. */
    @Override
    public synchronized boolean isSizeChanged() {
        List<MessageUid> numbered = numbers.number();
        if (!numbered.isEmpty()) {
            numbered.forEach(recent::add);
            tellsSize = true;
        }
        return tellsSize;
    }

    @Override
    public Collection<MessageUid> expungedUids() {
        SortedSet<MessageUid> gone = expunged.tell();
        gone.removeIf(uid -> !numbers.has(uid));
        return gone;
    }

    @Override
    public void resetExpungedUids() {
        expunged.told();
    }

    @Override
    public synchronized NullableMessageSequenceNumber remove(MessageUid uid) {
        if (recent.remove(uid)) {
            recentRemoved = true;
        }
        return numbers.remove(uid);
    }

    @Override
    public Collection<MessageUid> flagUpdateUids() {
        return flagged.tell();
    }

    @Override
    public boolean hasNewApplicableFlags() {
        return flags.hasNew();
    }

    @Override
    public void resetNewApplicableFlags() {
        flags.told();
    }

    @Override
    public synchronized void resetEvents() {
        tellsSize = false;
        flags.told();
        flagged.told();
    }

    @Override
    public Flags getApplicableFlags() {
        return flags.all();
    }

    @Override
    public synchronized boolean removeRecent(MessageUid uid) {
        boolean removed = recent.remove(uid);
        recentRemoved |= removed;
        return removed;
    }

    @Override
    public synchronized boolean addRecent(MessageUid uid) {
        return recent.add(uid);
    }

    @Override
    public synchronized Collection<MessageUid> getRecent() {
        return recent.stream().filter(uid -> !expunged.contains(uid)).toList();
    }

    @Override
    public synchronized int recentCount() {
        return recent.size() - expunged.count(recent::contains);
    }

    @Override
    public synchronized boolean isRecent(MessageUid uid) {
        return recent.contains(uid);
    }

    @Override
    public synchronized boolean isRecentUidRemoved() {
        return recentRemoved;
    }

    @Override
    public synchronized void resetRecentUidRemoved() {
        recentRemoved = false;
    }

    @Override
    public boolean isDeletedByOtherSession() {
        return deleted;
    }

    @Override
    public MessageManager getMessageManager() {
        return messageManager;
    }

    @Override
    public MailboxId getMailboxId() {
        return messageManager.getId();
    }

    @Override
    public Mono<MailboxPath> getPathReactive() {
        return Mono.from(mailboxManager.getMailboxReactive(getMailboxId(), mailboxSession))
                .flatMap(mailbox -> Mono.fromCallable(mailbox::getMailboxPath));
    }

    @Override
    public NullableMessageSequenceNumber msn(MessageUid uid) {
        return numbers.of(uid);
    }

    @Override
    public Optional<MessageUid> uid(int msn) {
        return numbers.uid(msn);
    }

    @Override
    public Optional<MessageUid> getFirstUid() {
        return numbers.first();
    }

    @Override
    public Optional<MessageUid> getLastUid() {
        return numbers.last();
    }

    @Override
    public long existsCount() {
        return numbers.count();
    }
}
