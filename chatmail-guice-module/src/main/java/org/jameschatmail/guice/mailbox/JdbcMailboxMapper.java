package org.jameschatmail.guice.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.acl.ACLDiff;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.UidValidity;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.jameschatmail.guice.database.SqlDialect;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The mailboxes of accounts. They are nobody else's: an access list is refused. Each call is a transaction, on a thread
 * that may block. Thread-safe.
 */
final class JdbcMailboxMapper implements MailboxMapper {
    private static final int MAX_DELETED = 1000;

    private final MailboxDatabase database;
    private final MessageWrites writes;

    JdbcMailboxMapper(MailboxDatabase database, MessageWrites writes) {
        this.database = database;
        this.writes = writes;
    }

    static Mailbox toMailbox(MailboxState state) {
        return new Mailbox(state.path(), UidValidity.of(state.uidValidity()), state.id());
    }

    private static <T> Flux<T> blockingList(Callable<List<T>> work) {
        return StoreCalls.onWaitingThread(work).flatMapIterable(list -> list);
    }

    @Override
    public Mono<Mailbox> create(MailboxPath path, UidValidity uidValidity) {
        return StoreCalls.onWaitingThread(() -> database.change(connection -> {
            if (!MailboxRows.insertUnlessThere(connection, path, uidValidity)) {
                throw new MailboxExistsException(path.getName());
            }
            return MailboxRows.read(connection, path)
                    .map(JdbcMailboxMapper::toMailbox)
                    .orElseThrow(() -> new MailboxNotFoundException(path));
        }));
    }

    @Override
    public Mono<MailboxId> rename(Mailbox mailbox) {
        return StoreCalls.onWaitingThread(() -> database.change(connection -> rename(connection, mailbox)));
    }

    private static MailboxId rename(Connection connection, Mailbox mailbox) throws SQLException, MailboxException {
        long id = JdbcMailboxId.numberOf(mailbox.getMailboxId());
        if (MailboxRows.read(connection, mailbox.generateAssociatedPath()).isPresent()) {
            throw new MailboxExistsException(mailbox.getName());
        }
        try {
            if (!MailboxRows.rename(connection, id, mailbox.generateAssociatedPath())) {
                throw new MailboxNotFoundException(mailbox.getMailboxId());
            }
            return mailbox.getMailboxId();
        } catch (SQLException e) {
            if (SqlDialect.DUPLICATE_KEY.equals(e.getSQLState())) {
                throw new MailboxExistsException(mailbox.getName());
            }
            throw e;
        }
    }

    /** In several transactions when there is much to delete; the mailbox goes with the last. */
    @Override
    public Mono<Void> delete(Mailbox mailbox) {
        return StoreCalls.onWaitingThread(() -> {
                    long id = JdbcMailboxId.numberOf(mailbox.getMailboxId());
                    boolean more = true;
                    while (more) {
                        more = !database.change(connection -> deleteSome(connection, id));
                    }
                    return id;
                })
                .then();
    }

    /** Whether the mailbox is gone. */
    private boolean deleteSome(Connection connection, long id) throws SQLException, MailboxException {
        MailboxRows.lock(connection, id);
        List<MessageUid> first = MessageRows.read(connection, id, MessageRange.all(), MAX_DELETED).stream()
                .map(row -> MessageUid.of(row.uid()))
                .toList();
        writes.delete(connection, id, MessageRange.toRanges(first));
        if (!MessageRows.read(connection, id, MessageRange.all(), 1).isEmpty()) {
            return false;
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM chatmail_annotation WHERE mailbox_id = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
        MailboxRows.delete(connection, id);
        return true;
    }

    @Override
    public Mono<Mailbox> findMailboxByPath(MailboxPath path) {
        return StoreCalls.onWaitingThread(() -> database.read(connection -> MailboxRows.read(connection, path)))
                .flatMap(Mono::justOrEmpty)
                .map(JdbcMailboxMapper::toMailbox);
    }

    @Override
    public Mono<Mailbox> findMailboxById(MailboxId id) {
        return StoreCalls.onWaitingThread(
                () -> database.read(connection -> MailboxRows.read(connection, JdbcMailboxId.numberOf(id)))
                        .map(JdbcMailboxMapper::toMailbox)
                        .orElseThrow(() -> new MailboxNotFoundException(id)));
    }

    /** None: nobody shares a mailbox. */
    @Override
    public Flux<Mailbox> findNonPersonalMailboxes(Username username, MailboxACL.Right right) {
        return Flux.empty();
    }

    @Override
    public Flux<Mailbox> findMailboxWithPathLike(MailboxQuery.UserBound query) {
        return mailboxesOf(query.getFixedNamespace(), query.getFixedUser()).filter(query::matches);
    }

    private Flux<Mailbox> mailboxesOf(String namespace, Username owner) {
        return blockingList(() -> database.read(
                        connection -> MailboxRows.ofOwners(connection, namespace, List.of(owner.asString()))))
                .map(JdbcMailboxMapper::toMailbox);
    }

    @Override
    public Mono<Boolean> hasChildren(Mailbox mailbox, char delimiter) {
        return mailboxesOf(mailbox.getNamespace(), mailbox.getUser())
                .any(other -> other.getName().startsWith(mailbox.getName() + delimiter));
    }

    @Override
    public Mono<ACLDiff> updateACL(Mailbox mailbox, MailboxACL.ACLCommand command) {
        return notShared();
    }

    @Override
    public Mono<ACLDiff> setACL(Mailbox mailbox, MailboxACL acl) {
        return notShared();
    }

    private static Mono<ACLDiff> notShared() {
        return Mono.error(() -> new MailboxException("Mailboxes of this server aren't shared"));
    }

    @Override
    public Flux<Mailbox> list() {
        return blockingList(() -> database.read(MailboxRows::all)).map(JdbcMailboxMapper::toMailbox);
    }
}
