package org.jameschatmail.guice.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxConstants;
import org.jameschatmail.guice.mailbox.StorageLimits.Usage;

/** What an account has in its mailboxes, as a whole. Thread-safe. */
@Singleton
public final class AccountMail {
    private final MailboxDatabase database;
    private final StorageLimits limits;
    private final JdbcMailboxes mailboxes;

    @Inject
    AccountMail(MailboxDatabase database, StorageLimits limits, JdbcMailboxes mailboxes) {
        this.database = database;
        this.limits = limits;
        this.mailboxes = mailboxes;
    }

    /**
     * How full an account is.
     *
     * @param used octets in all its mailboxes
     * @param limit octets that it may have; empty is no limit
     */
    public record Fullness(long used, Optional<Long> limit) {}

    public Fullness fullness(Username owner) throws MailboxException {
        return database.read(connection -> {
            Usage usage = StorageLimits.usage(states(connection, owner)).getOrDefault(owner.asString(), Usage.NOTHING);
            AccountLimit limit = limits.of(connection, MailboxConstants.USER_NAMESPACE, owner.asString());
            return new Fullness(usage.octets(), limit.octets());
        });
    }

    private static List<MailboxState> states(Connection connection, Username owner) throws SQLException {
        return MailboxRows.ofOwners(connection, MailboxConstants.USER_NAMESPACE, List.of(owner.asString()));
    }

    /**
     * Removes all mailboxes of an account with what is in them, its subscriptions, and the limit that was set for it.
     * Whoever has one of them open is told.
     */
    public void removeAll(Username owner) throws MailboxException {
        MailboxSession session = mailboxes.createSystemSession(owner);
        for (MailboxState state : database.read(connection -> states(connection, owner))) {
            deleteUnlessGone(state, session);
        }
        String holder = StorageLimits.holder(MailboxConstants.USER_NAMESPACE, owner.asString());
        database.change(
                connection -> delete(connection, "DELETE FROM chatmail_subscription WHERE owner = ?", owner.asString())
                        + delete(connection, "DELETE FROM chatmail_quota_limit WHERE holder = ?", holder));
        limits.forget(holder);
    }

    /** By its number, for James logs the name of what is deleted by name. */
    private void deleteUnlessGone(MailboxState state, MailboxSession session) throws MailboxException {
        try {
            mailboxes.deleteMailbox(state.id(), session);
        } catch (MailboxNotFoundException e) {
            // Somebody else was first.
        }
    }

    private static int delete(Connection connection, String sql, String value) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, value);
            return delete.executeUpdate();
        }
    }
}
