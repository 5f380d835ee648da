package org.jameschatmail.guice.store;

import java.time.Clock;
import java.util.EnumSet;
import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxPathLocker;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.jpa.openjpa.OpenJPAMessageManager;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.store.BatchSizes;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.mail.ThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.mailbox.store.search.MessageSearchIndex;
import reactor.core.publisher.Mono;

/**
 * A mailbox whose UIDNEXT counts messages that can be fetched. James' JPA mailbox commits the next UID before the message
 * that gets it; a client that selects in between, fetches nothing and remembers UIDNEXT never asks for that message
 * again, as Delta Chat does. So what SELECT and STATUS tell is read under the mailbox's lock, which an append holds from
 * the one commit to the other.
 */
final class SettledMailbox extends OpenJPAMessageManager {
    private final MailboxPathLocker locker;

    SettledMailbox(
            MailboxSessionMapperFactory mapperFactory,
            MessageSearchIndex index,
            EventBus eventBus,
            MailboxPathLocker locker,
            Mailbox mailbox,
            QuotaComponents quota,
            MessageId.Factory messageIdFactory,
            BatchSizes batchSizes,
            StoreRightManager storeRightManager,
            ThreadIdGuessingAlgorithm threadIdGuessingAlgorithm,
            Clock clock) {
        super(
                mapperFactory,
                index,
                eventBus,
                locker,
                mailbox,
                quota.getQuotaManager(),
                quota.getQuotaRootResolver(),
                messageIdFactory,
                batchSizes,
                storeRightManager,
                threadIdGuessingAlgorithm,
                clock);
        this.locker = locker;
    }

    @Override
    public Mono<MailboxMetaData> getMetaDataReactive(
            MailboxMetaData.RecentMode recentMode, MailboxSession session, EnumSet<MailboxMetaData.Item> items)
            throws MailboxException {
        return Mono.from(locker.executeReactiveWithLockReactive(
                getMailboxPath(),
                super.getMetaDataReactive(recentMode, session, items),
                MailboxPathLocker.LockType.Read));
    }
}
