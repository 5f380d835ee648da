package org.jameschatmail.guice.mailbox;

import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.mail.Flags;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.store.BatchSizes;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.MessageFactory;
import org.apache.james.mailbox.store.MessageStorer;
import org.apache.james.mailbox.store.NoMailboxPathLocker;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.mailbox.store.StoreMessageManager;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A mailbox that takes keywords, and tells where it stands from one row.
 *
 * <p>SELECT lists the UIDs first and asks where the mailbox stands afterwards. What is told then is what the list holds:
 * a message that arrives in between would be counted, and couldn't be fetched yet, and a client that remembers UIDNEXT,
 * as Delta Chat does, would never ask for it again. It is announced by its event.
 */
final class JdbcMailbox extends StoreMessageManager {
    private static final SearchQuery ALL = SearchQuery.of(SearchQuery.all());

    private final JdbcMapperFactory mappers;
    private final AtomicBoolean wasListed = new AtomicBoolean();
    private final AtomicReference<@Nullable MailboxState> listed = new AtomicReference<>();

    JdbcMailbox(JdbcMapperFactory mappers, JdbcMailboxes mailboxes, Mailbox mailbox, BatchSizes batchSizes) {
        super(
                StoreMailboxManager.DEFAULT_NO_MESSAGE_CAPABILITIES,
                mappers,
                mailboxes.getMessageSearchIndex(),
                mailboxes.getEventBus(),
                new NoMailboxPathLocker(),
                mailbox,
                mailboxes.getQuotaComponents().getQuotaManager(),
                mailboxes.getQuotaComponents().getQuotaRootResolver(),
                batchSizes,
                mailboxes.getStoreRightManager(),
                PreDeletionHooks.NO_PRE_DELETION_HOOK,
                storer(mappers, mailboxes));
        this.mappers = mappers;
    }

    private static MessageStorer storer(MailboxSessionMapperFactory mappers, JdbcMailboxes mailboxes) {
        return new MessageStorer.WithoutAttachment(
                mappers,
                mailboxes.getMessageIdFactory(),
                new MessageFactory.StoreMessageFactory(),
                mailboxes.getThreadIdGuessingAlgorithm(),
                mailboxes.getClock());
    }

    @Override
    public Flags getPermanentFlags(MailboxSession session) {
        Flags flags = super.getPermanentFlags(session);
        flags.add(Flags.Flag.USER);
        return flags;
    }

    @Override
    public Flux<MessageUid> search(SearchQuery query, MailboxSession session) throws MailboxException {
        if (!query.equals(ALL) || wasListed.getAndSet(true)) {
            return super.search(query, session);
        }
        return StoreCalls.onWaitingThread(Mono.fromCallable(() -> list(session)))
                .flatMapIterable(uids -> uids);
    }

    /** All UIDs; those that came after the state was read are added to it. */
    private List<MessageUid> list(MailboxSession session) throws MailboxException {
        JdbcMessageMapper messages = mappers.createMessageMapper(session);
        MailboxState before = messages.state(getMailboxEntity());
        List<MessageUid> uids = messages.uids(getMailboxEntity());
        long last = uids.isEmpty() ? 0 : uids.get(uids.size() - 1).asLong();
        listed.set(before.listed(uids.size(), Math.max(last, before.lastUid())));
        return uids;
    }

    @Override
    public Mono<MailboxMetaData> getMetaDataReactive(
            MailboxMetaData.RecentMode recentMode, MailboxSession session, EnumSet<MailboxMetaData.Item> items)
            throws MailboxException {
        if (!getMailboxEntity().generateAssociatedPath().belongsTo(session)) {
            return super.getMetaDataReactive(recentMode, session, items);
        }
        return recent(recentMode, session)
                .flatMap(recent ->
                        StoreCalls.onWaitingThread(Mono.fromCallable(() -> metaData(recent, session, items))));
    }

    private MailboxMetaData metaData(
            List<MessageUid> recent, MailboxSession session, EnumSet<MailboxMetaData.Item> items)
            throws MailboxException {
        JdbcMessageMapper messages = mappers.createMessageMapper(session);
        MailboxState ofList = listed.getAndSet(null);
        MailboxState state = ofList == null ? messages.state(getMailboxEntity()) : ofList;
        boolean firstUnseen = items.contains(MailboxMetaData.Item.FirstUnseen) && state.unseen() > 0;
        return new MailboxMetaData(
                recent,
                getPermanentFlags(session),
                getMailboxEntity().getUidValidity(),
                MessageUid.of(state.lastUid() + 1),
                ModSeq.of(state.modSeq()),
                state.messages(),
                state.unseen(),
                firstUnseen ? messages.findFirstUnseenMessageUid(getMailboxEntity()) : null,
                isWriteable(session),
                getResolvedAcl(session));
    }
}
