package org.jameschatmail.protocols.imap.selection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.events.Registration;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.processor.base.UidMsnConverter;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.NullableMessageSequenceNumber;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxDeletion;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The mailbox that a session has selected. Events are applied on the thread that brings them, in their order, and at
 * once; a command that tells of changes resets only what it has asked for before, so that what arrives meanwhile is told
 * by the next one. James' own resets all, and loses it.
 *
 * <p>A message has a number from when the client is told that it is there, and keeps it until the client has been told that another is gone. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3501#section-7.4.1">RFC 3501, section 7.4.1, EXPUNGE response</a>
 */
public final class TrackedMailbox implements SelectedMailbox, EventListener.ReactiveEventListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(TrackedMailbox.class);
    private static final int MOST_GONE = 1000;

    private final MailboxManager mailboxManager;
    private final MessageManager messageManager;
    private final MailboxSession mailboxSession;
    private final EventBus eventBus;
    private final boolean readOnly;
    private final AtomicReference<@Nullable Registration> registration = new AtomicReference<>();
    private final AtomicReference<@Nullable ReactiveEventListener> idle = new AtomicReference<>();
    private final UidMsnConverter numbers = new UidMsnConverter();
    private final MailboxChanges flagged = new MailboxChanges();
    private final MailboxChanges expunged = new MailboxChanges();

    /** Without a number until the client is told of them. */
    private final NavigableSet<MessageUid> arrived = new TreeSet<>();

    /**
     * Up to this UID every message is known. Two deliveries may be heard of in the wrong order: the later message gets no
     * number before the earlier one has its own, for numbers rise with the UIDs, and a client that was told of the later
     * never asks for the earlier.
     */
    private long settled;

    /** Expunged before their arrival was heard of; the oldest are forgotten. */
    private final Set<MessageUid> goneBefore = new LinkedHashSet<>();

    private final Set<MessageUid> recent = new TreeSet<>();
    private final Flags applicableFlags = new Flags();
    private boolean listed;
    private boolean tellsSize;
    private long keywords;
    private long keywordsAsked;
    private long keywordsTold;
    private boolean recentRemoved;
    private volatile boolean deleted;

    TrackedMailbox(
            MailboxManager mailboxManager,
            MessageManager messageManager,
            MailboxSession mailboxSession,
            EventBus eventBus,
            boolean readOnly) {
        this.mailboxManager = mailboxManager;
        this.messageManager = messageManager;
        this.mailboxSession = mailboxSession;
        this.eventBus = eventBus;
        this.readOnly = readOnly;
    }

    /** Hears of changes from now on. */
    Mono<Void> listen() {
        return Mono.from(eventBus.register(this, new MailboxIdRegistrationKey(messageManager.getId())))
                .doOnNext(registration::set)
                .then(messageManager.getApplicableFlagsReactive(mailboxSession))
                .doOnNext(this::addApplicable)
                .then();
    }

    /**
     * Finds what is there; after {@link #listen}. A message that arrives in between is in the list, and told once more
     * later: its UID may be above the UIDNEXT that the client has been told, so that the client has to hear of it.
     */
    Mono<Void> list() {
        return Flux.defer(() -> search(SearchQuery.of(SearchQuery.all())))
                .collectList()
                .doOnNext(this::list)
                .then();
    }

    private Publisher<MessageUid> search(SearchQuery query) {
        try {
            return messageManager.search(query, mailboxSession);
        } catch (MailboxException e) {
            return Mono.error(e);
        }
    }

    private synchronized void list(List<MessageUid> uids) {
        List<MessageUid> present = new ArrayList<>(uids);
        present.removeIf(goneBefore::contains);
        numbers.addAll(present);
        tellsSize = arrived.removeAll(Set.copyOf(present));
        uids.forEach(uid -> settled = Math.max(settled, uid.asLong()));
        listed = true;
        settle();
    }

    /**
     * What was recent stays so when the same mailbox is selected again: only the selection of another one ends the
     * session that is told of it (RFC 3501, section 1.1).
     */
    synchronized void keepRecent(@Nullable SelectedMailbox before) {
        if (before != null && before.getMailboxId().equals(getMailboxId())) {
            before.getRecent().stream().filter(this::has).forEach(recent::add);
        }
    }

    /** Whether the client has asked for it with EXAMINE. */
    public boolean isReadOnly() {
        return readOnly;
    }

    /** The first message from this UID on. */
    public synchronized Optional<MessageUid> atOrAfter(MessageUid uid) {
        int at = firstNumberFrom(uid.asLong());
        return numbers.getUid(at);
    }

    /** The last message up to this UID. */
    public synchronized Optional<MessageUid> atOrBefore(MessageUid uid) {
        int at = uid.asLong() == Long.MAX_VALUE ? numbers.getNumMessage() + 1 : firstNumberFrom(uid.asLong() + 1);
        return numbers.getUid(at - 1);
    }

    private int firstNumberFrom(long uid) {
        int low = 1;
        int high = numbers.getNumMessage() + 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (numbers.getUid(middle).orElseThrow().asLong() < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public Publisher<Void> reactiveEvent(Event event) {
        return Mono.fromRunnable(() -> apply(event))
                .then(Mono.defer(this::fillGap))
                .then(Mono.defer(() -> {
                    ReactiveEventListener listener = idle.get();
                    return listener == null ? Mono.empty() : Mono.from(listener.reactiveEvent(event));
                }));
    }

    /** Looks for the messages before the last one heard of: UIDs are committed in their order, so they are there now. */
    private Mono<Void> fillGap() {
        long last = lastUnsettled();
        if (last == 0) {
            return Mono.empty();
        }
        SearchQuery gap = SearchQuery.of(
                SearchQuery.uid(new SearchQuery.UidRange(MessageUid.of(settledUid() + 1), MessageUid.of(last))));
        return Flux.defer(() -> search(gap))
                .collectList()
                .doOnNext(found -> fill(found, last))
                .then()
                .onErrorResume(e -> {
                    LOGGER.error("The messages before a new one can't be listed; the next change tries again", e);
                    return Mono.empty();
                });
    }

    /** The last message heard of, where some before it are missing; else 0. */
    private synchronized long lastUnsettled() {
        return listed && !arrived.isEmpty() && arrived.last().asLong() > settled
                ? arrived.last().asLong()
                : 0;
    }

    private synchronized long settledUid() {
        return settled;
    }

    private synchronized void fill(List<MessageUid> found, long last) {
        found.stream()
                .filter(uid -> uid.asLong() > settled && !goneBefore.remove(uid))
                .forEach(arrived::add);
        settled = Math.max(settled, last);
        settle();
    }

    /** Counts what follows without a gap; before the list is there, what is gone is needed for it. */
    private void settle() {
        MessageUid next = MessageUid.of(settled + 1);
        while (listed && (arrived.contains(next) || goneBefore.remove(next))) {
            settled++;
            next = next.next();
        }
    }

    private synchronized void apply(Event event) {
        if (!(event instanceof MailboxEvent change) || !change.getMailboxId().equals(getMailboxId())) {
            return;
        }
        if (event instanceof Added added) {
            added.getUids().forEach(this::arrive);
        } else if (event instanceof Expunged gone) {
            gone.getUids().forEach(this::vanish);
        } else if (event instanceof FlagsUpdated updated) {
            updated.getUpdatedFlags().forEach(flags -> flag(flags, isOurs(updated)));
        } else if (event instanceof MailboxDeletion && !isOurs(change)) {
            deleted = true;
        }
    }

    private boolean isOurs(MailboxEvent event) {
        return Objects.equals(event.getSessionId(), mailboxSession.getSessionId());
    }

    private void arrive(MessageUid uid) {
        if (uid.asLong() > settled && !goneBefore.contains(uid)) {
            arrived.add(uid);
        }
        settle();
    }

    private void vanish(MessageUid uid) {
        if (has(uid)) {
            expunged.add(uid);
        } else if (!arrived.remove(uid) && (!listed || uid.asLong() > settled)) {
            goneBefore.add(uid);
            settle();
            if (goneBefore.size() > MOST_GONE && listed) {
                goneBefore.remove(goneBefore.iterator().next());
            }
        }
    }

    private boolean has(MessageUid uid) {
        return numbers.getMsn(uid).foldSilent(() -> false, msn -> true);
    }

    private void flag(UpdatedFlags updated, boolean ours) {
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
        addApplicable(updated.getNewFlags());
    }

    private synchronized void addApplicable(Flags flags) {
        int before = applicableFlags.getUserFlags().length;
        applicableFlags.add(flags);
        applicableFlags.remove(Flag.RECENT);
        if (applicableFlags.getUserFlags().length > before) {
            keywords++;
        }
    }

    @Override
    public Mono<Void> deselect() {
        return Mono.defer(() -> {
            Registration registered = registration.getAndSet(null);
            return registered == null ? Mono.empty() : Mono.from(registered.unregister());
        });
    }

    @Override
    public void registerIdle(ReactiveEventListener listener) {
        idle.set(listener);
    }

    @Override
    public void unregisterIdle() {
        idle.set(null);
    }

    /** Gives numbers to what has arrived, if so: whoever asks tells of it. */
    @Override
    public synchronized boolean isSizeChanged() {
        Set<MessageUid> known = arrived.headSet(MessageUid.of(settled), true);
        if (!known.isEmpty()) {
            numbers.addAll(List.copyOf(known));
            recent.addAll(known);
            known.clear();
            tellsSize = true;
        }
        return tellsSize;
    }

    @Override
    public Collection<MessageUid> expungedUids() {
        SortedSet<MessageUid> gone = expunged.tell();
        gone.removeIf(uid -> !has(uid));
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
        return numbers.getAndRemove(uid);
    }

    @Override
    public Collection<MessageUid> flagUpdateUids() {
        return flagged.tell();
    }

    @Override
    public synchronized boolean hasNewApplicableFlags() {
        keywordsAsked = keywords;
        return keywords > keywordsTold;
    }

    @Override
    public synchronized void resetNewApplicableFlags() {
        keywordsTold = keywordsAsked;
    }

    @Override
    public synchronized void resetEvents() {
        tellsSize = false;
        keywordsTold = Math.max(keywordsTold, keywordsAsked);
        flagged.told();
    }

    @Override
    public synchronized Flags getApplicableFlags() {
        return new Flags(applicableFlags);
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
        List<MessageUid> present = new ArrayList<>(recent);
        present.removeIf(expunged::contains);
        return present;
    }

    @Override
    public int recentCount() {
        return getRecent().size();
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
        return numbers.getMsn(uid);
    }

    @Override
    public Optional<MessageUid> uid(int msn) {
        return numbers.getUid(msn);
    }

    @Override
    public Optional<MessageUid> getFirstUid() {
        return numbers.getFirstUid();
    }

    @Override
    public Optional<MessageUid> getLastUid() {
        return numbers.getLastUid();
    }

    @Override
    public long existsCount() {
        return numbers.getNumMessage();
    }
}
