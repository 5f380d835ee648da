package org.jameschatmail.guice.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.SubscriptionException;
import org.apache.james.mailbox.store.user.SubscriptionMapper;
import org.apache.james.mailbox.store.user.model.Subscription;
import org.jameschatmail.guice.database.SqlDialect;

/** To which mailboxes a user is subscribed. Thread-safe. */
final class JdbcSubscriptionMapper implements SubscriptionMapper {
    private static final String INSERT = "INSERT INTO chatmail_subscription (owner, mailbox) VALUES (?, ?)";

    private final MailboxDatabase database;

    JdbcSubscriptionMapper(MailboxDatabase database) {
        this.database = database;
    }

    static void insertUnlessThere(Connection connection, Username owner, String mailbox) throws SQLException {
        SqlDialect.insertUnlessThere(connection, INSERT, owner.asString(), mailbox);
    }

    @Override
    public void save(Subscription subscription) throws SubscriptionException {
        if (!findSubscriptionsForUser(subscription.getUser()).contains(subscription)) {
            execute(INSERT, subscription);
        }
    }

    @Override
    public void delete(Subscription subscription) throws SubscriptionException {
        execute("DELETE FROM chatmail_subscription WHERE owner = ? AND mailbox = ?", subscription);
    }

    /** Another client that subscribes at the same moment does what was asked for. */
    private void execute(String sql, Subscription subscription) throws SubscriptionException {
        try {
            database.change(connection -> {
                try (PreparedStatement write = connection.prepareStatement(sql)) {
                    write.setString(1, subscription.getUser().asString());
                    write.setString(2, subscription.getMailbox());
                    return write.executeUpdate();
                }
            });
        } catch (MailboxException e) {
            boolean thereAlready =
                    e.getCause() instanceof SQLException cause && SqlDialect.DUPLICATE_KEY.equals(cause.getSQLState());
            if (!thereAlready) {
                throw new SubscriptionException(e);
            }
        }
    }

    @Override
    public List<Subscription> findSubscriptionsForUser(Username user) throws SubscriptionException {
        try {
            return database.read(connection -> {
                try (PreparedStatement select = connection.prepareStatement("SELECT mailbox FROM chatmail_subscription"
                        + " --DERBY-PROPERTIES constraint=CHATMAIL_SUBSCRIPTION_PK\n WHERE owner = ?")) {
                    select.setString(1, user.asString());
                    List<Subscription> subscriptions = new ArrayList<>();
                    try (ResultSet rows = select.executeQuery()) {
                        while (rows.next()) {
                            subscriptions.add(new Subscription(user, rows.getString(1)));
                        }
                    }
                    return subscriptions;
                }
            });
        } catch (MailboxException e) {
            throw new SubscriptionException(e);
        }
    }
}
