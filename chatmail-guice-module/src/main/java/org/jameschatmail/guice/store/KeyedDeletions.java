package org.jameschatmail.guice.store;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import javax.persistence.EntityManagerFactory;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.jpa.JPAMailboxSessionMapperFactory;
import org.apache.james.mailbox.jpa.mail.JPAMessageMapper;
import org.apache.james.mailbox.jpa.mail.JPAModSeqProvider;
import org.apache.james.mailbox.jpa.mail.JPAUidProvider;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;

/**
 * James' JPA mappers, except that messages are deleted row by row, each by its key. James deletes them by one statement
 * for which OpenJPA's SQL scans the whole message table: in Derby the scan runs into rows that an append holds, the
 * append into rows that the deletion holds, and one of the two fails.
 */
final class KeyedDeletions extends JPAMailboxSessionMapperFactory {
    private static final int UNLIMITED = -1;

    private final EntityManagerFactory entityManagers;
    private final JPAUidProvider uids;
    private final JPAModSeqProvider modSeqs;

    @Inject
    KeyedDeletions(EntityManagerFactory entityManagers, JPAUidProvider uids, JPAModSeqProvider modSeqs) {
        super(entityManagers, uids, modSeqs);
        this.entityManagers = entityManagers;
        this.uids = uids;
        this.modSeqs = modSeqs;
    }

    @Override
    public JPAMessageMapper createMessageMapper(MailboxSession session) {
        return new JPAMessageMapper(uids, modSeqs, entityManagers) {
            @Override
            public Map<MessageUid, MessageMetaData> deleteMessages(Mailbox mailbox, List<MessageUid> deleted)
                    throws MailboxException {
                Map<MessageUid, MessageMetaData> metaData = new HashMap<>();
                for (MessageRange range : MessageRange.toRanges(deleted)) {
                    Iterator<MailboxMessage> messages = findInMailbox(mailbox, range, FetchType.METADATA, UNLIMITED);
                    while (messages.hasNext()) {
                        MailboxMessage message = messages.next();
                        metaData.put(message.getUid(), message.metaData());
                        delete(mailbox, message);
                    }
                }
                return metaData;
            }
        };
    }
}
