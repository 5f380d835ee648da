package org.jameschatmail.guice.mailbox;

import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.mail.AnnotationMapper;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.apache.james.mailbox.store.mail.MessageIdMapper;
import org.apache.james.mailbox.store.mail.ModSeqProvider;
import org.apache.james.mailbox.store.mail.UidProvider;
import org.apache.james.mailbox.store.user.SubscriptionMapper;
import org.jameschatmail.guice.mailbox.StoredMessages.Structure;

/** The mappers of this store. They keep no state, so all sessions share them. */
@Singleton
final class JdbcMapperFactory extends MailboxSessionMapperFactory {
    private final JdbcSequences sequences;
    private final JdbcMessageMapper messages;
    private final MailboxMapper mailboxes;
    private final SubscriptionMapper subscriptions;
    private final AnnotationMapper annotations;

    @Inject
    JdbcMapperFactory(MailboxDatabase database, MessageWrites writes, Bodies bodies, JdbcSequences sequences) {
        this.sequences = sequences;
        this.messages = new JdbcMessageMapper(database, writes, bodies, Structure.PARSED_WHEN_ASKED);
        this.mailboxes = new JdbcMailboxMapper(database, writes);
        this.subscriptions = new JdbcSubscriptionMapper(database);
        this.annotations = new JdbcAnnotationMapper(database);
    }

    @Override
    public JdbcMessageMapper createMessageMapper(MailboxSession session) {
        return messages;
    }

    @Override
    public MailboxMapper createMailboxMapper(MailboxSession session) {
        return mailboxes;
    }

    @Override
    public SubscriptionMapper createSubscriptionMapper(MailboxSession session) {
        return subscriptions;
    }

    @Override
    public AnnotationMapper createAnnotationMapper(MailboxSession session) {
        return annotations;
    }

    /** Only JMAP would look up a message by its id alone. */
    @Override
    public MessageIdMapper createMessageIdMapper(MailboxSession session) {
        throw new UnsupportedOperationException("Messages are found by mailbox and UID");
    }

    @Override
    public UidProvider getUidProvider() {
        return sequences;
    }

    @Override
    public ModSeqProvider getModSeqProvider() {
        return sequences;
    }
}
