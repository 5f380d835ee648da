package org.jameschatmail.guice.mailbox;

import java.time.Clock;
import java.util.EnumSet;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.SessionProvider;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.store.MailboxManagerConfiguration;
import org.apache.james.mailbox.store.NoMailboxPathLocker;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.mailbox.store.StoreMailboxAnnotationManager;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.mailbox.store.StoreMessageManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.mail.ThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.mailbox.store.search.MessageSearchIndex;

/** All mailboxes of the server. Takes no lock in memory: the database has those that are needed. */
@Singleton
final class JdbcMailboxes extends StoreMailboxManager {
    private static final EnumSet<MailboxCapabilities> CAPABILITIES = EnumSet.of(
            MailboxCapabilities.UserFlag,
            MailboxCapabilities.Namespace,
            MailboxCapabilities.Move,
            MailboxCapabilities.Annotation);

    private final JdbcMapperFactory mappers;

    @Inject
    JdbcMailboxes(
            JdbcMapperFactory mappers,
            SessionProvider sessions,
            MessageParser messageParser,
            MessageId.Factory messageIds,
            EventBus eventBus,
            StoreMailboxAnnotationManager annotations,
            StoreRightManager rights,
            QuotaComponents quota,
            MessageSearchIndex index,
            ThreadIdGuessingAlgorithm threads,
            Clock clock) {
        super(
                mappers,
                sessions,
                new NoMailboxPathLocker(),
                messageParser,
                messageIds,
                annotations,
                eventBus,
                rights,
                quota,
                index,
                MailboxManagerConfiguration.DEFAULT,
                PreDeletionHooks.NO_PRE_DELETION_HOOK,
                threads,
                clock);
        this.mappers = mappers;
    }

    @Override
    public EnumSet<MailboxCapabilities> getSupportedMailboxCapabilities() {
        return EnumSet.copyOf(CAPABILITIES);
    }

    @Override
    protected StoreMessageManager createMessageManager(Mailbox mailbox, MailboxSession session) {
        return new JdbcMailbox(mappers, this, mailbox, configuration.getBatchSizes());
    }

    @Override
    protected MessageSearchIndex getMessageSearchIndex() {
        return super.getMessageSearchIndex();
    }

    @Override
    protected StoreRightManager getStoreRightManager() {
        return super.getStoreRightManager();
    }
}
