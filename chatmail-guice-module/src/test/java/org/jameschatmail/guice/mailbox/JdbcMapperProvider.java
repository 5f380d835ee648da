package org.jameschatmail.guice.mailbox;

import java.util.List;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.mailbox.store.mail.AttachmentMapper;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.apache.james.mailbox.store.mail.MessageIdMapper;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.mail.model.MapperProvider;
import org.jameschatmail.guice.mailbox.MailboxStoreDatabase.Parts;

/** Hands the mappers of this store to James' contracts. */
final class JdbcMapperProvider implements MapperProvider {
    static final MailboxSession SESSION = new SessionProviderImpl(null, null).createSystemSession(Username.of("benwa"));

    private final Parts parts;

    JdbcMapperProvider(Parts parts) {
        this.parts = parts;
    }

    @Override
    public List<Capabilities> getSupportedCapabilities() {
        return List.of(
                Capabilities.MESSAGE,
                Capabilities.MAILBOX,
                Capabilities.ANNOTATION,
                Capabilities.MOVE,
                Capabilities.UNIQUE_MESSAGE_ID,
                Capabilities.THREAD_SAFE_FLAGS_UPDATE,
                Capabilities.INCREMENTAL_APPLICABLE_FLAGS);
    }

    @Override
    public MailboxMapper createMailboxMapper() {
        return parts.mappers().createMailboxMapper(SESSION);
    }

    @Override
    public MessageMapper createMessageMapper() {
        return parts.messagesOfUnknownStructure();
    }

    @Override
    public MessageIdMapper createMessageIdMapper() {
        return parts.mappers().createMessageIdMapper(SESSION);
    }

    @Override
    public AttachmentMapper createAttachmentMapper() {
        throw new UnsupportedOperationException();
    }

    @Override
    public MailboxId generateId() {
        return JdbcMailboxId.random();
    }

    @Override
    public MessageUid generateMessageUid() {
        return MessageUid.of(4711);
    }

    @Override
    public ModSeq generateModSeq(Mailbox mailbox) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ModSeq highestModSeq(Mailbox mailbox) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean supportPartialAttachmentFetch() {
        return false;
    }

    @Override
    public MessageId generateMessageId() {
        return JdbcMessageId.random();
    }
}
