package org.jameschatmail.guice.mailbox;

import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.mail.ModSeqProvider;
import org.apache.james.mailbox.store.mail.UidProvider;

/** UIDs and modification sequences for what asks for them apart from a message; appends take theirs themselves. */
@Singleton
final class JdbcSequences implements UidProvider, ModSeqProvider {
    private static final MailboxChange ONE_UID = new MailboxChange(1, 0, 0, 0, 0);

    private final MailboxDatabase database;

    @Inject
    JdbcSequences(MailboxDatabase database) {
        this.database = database;
    }

    private MailboxState add(MailboxId mailbox, MailboxChange change) throws MailboxException {
        return database.change(connection -> MailboxRows.add(connection, JdbcMailboxId.numberOf(mailbox), change));
    }

    private MailboxState read(MailboxId mailbox) throws MailboxException {
        return database.read(connection -> MailboxRows.read(connection, JdbcMailboxId.numberOf(mailbox)))
                .orElseThrow(() -> new MailboxNotFoundException(mailbox));
    }

    @Override
    public MessageUid nextUid(Mailbox mailbox) throws MailboxException {
        return nextUid(mailbox.getMailboxId());
    }

    @Override
    public MessageUid nextUid(MailboxId mailbox) throws MailboxException {
        return MessageUid.of(add(mailbox, ONE_UID).lastUid());
    }

    @Override
    public Optional<MessageUid> lastUid(Mailbox mailbox) throws MailboxException {
        return Optional.of(read(mailbox.getMailboxId()).lastUid())
                .filter(uid -> uid > 0)
                .map(MessageUid::of);
    }

    @Override
    public ModSeq nextModSeq(Mailbox mailbox) throws MailboxException {
        return nextModSeq(mailbox.getMailboxId());
    }

    @Override
    public ModSeq nextModSeq(MailboxId mailbox) throws MailboxException {
        return ModSeq.of(add(mailbox, MailboxChange.NONE).modSeq());
    }

    @Override
    public ModSeq highestModSeq(Mailbox mailbox) throws MailboxException {
        return highestModSeq(mailbox.getMailboxId());
    }

    @Override
    public ModSeq highestModSeq(MailboxId mailbox) throws MailboxException {
        return ModSeq.of(read(mailbox).modSeq());
    }
}
