package org.jameschatmail.guice.mailbox;

import java.util.EnumSet;
import java.util.List;
import javax.mail.Flags;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.store.BatchSizes;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.MessageFactory;
import org.apache.james.mailbox.store.MessageStorer;
import org.apache.james.mailbox.store.NoMailboxPathLocker;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.mailbox.store.StoreMessageManager;
import reactor.core.publisher.Mono;

/** A mailbox that takes keywords, and tells where it stands from one row. */
final class JdbcMailbox extends StoreMessageManager {
    private final JdbcMapperFactory mappers;

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
    public Mono<MailboxMetaData> getMetaDataReactive(
            MailboxMetaData.RecentMode recentMode, MailboxSession session, EnumSet<MailboxMetaData.Item> items)
            throws MailboxException {
        if (!getMailboxEntity().generateAssociatedPath().belongsTo(session)) {
            return super.getMetaDataReactive(recentMode, session, items);
        }
        Mono<List<MessageUid>> recent = recent(recentMode, session);
        Mono<MailboxState> state = StoreCalls.onWaitingThread(
                () -> mappers.createMessageMapper(session).state(getMailboxEntity()));
        return state.flatMap(before -> before.recent() == 0
                ? metaData(List.of(), before, session, items)
                : recent.flatMap(uids -> state.flatMap(now -> metaData(uids, now, session, items))));
    }

    private Mono<MailboxMetaData> metaData(
            List<MessageUid> recent, MailboxState state, MailboxSession session, EnumSet<MailboxMetaData.Item> items) {
        return StoreCalls.onWaitingThread(() -> {
            boolean firstUnseen = items.contains(MailboxMetaData.Item.FirstUnseen) && state.unseen() > 0;
            return new MailboxMetaData(
                    recent,
                    getPermanentFlags(session),
                    getMailboxEntity().getUidValidity(),
                    MessageUid.of(state.lastUid() + 1),
                    ModSeq.of(state.modSeq()),
                    state.messages(),
                    state.unseen(),
                    firstUnseen
                            ? mappers.createMessageMapper(session).findFirstUnseenMessageUid(getMailboxEntity())
                            : null,
                    isWriteable(session),
                    getResolvedAcl(session));
        });
    }
}
