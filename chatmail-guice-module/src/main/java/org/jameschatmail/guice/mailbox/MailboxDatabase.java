package org.jameschatmail.guice.mailbox;

import java.sql.Connection;
import java.sql.SQLException;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;
import org.apache.james.mailbox.exception.MailboxException;
import org.jameschatmail.guice.database.Transactions;
import org.jspecify.annotations.Nullable;

/** The database as the mailboxes see it: in transactions, and with failures as James expects them. Thread-safe. */
@Singleton
final class MailboxDatabase {
    private final DataSource dataSource;
    private final Transactions transactions;

    @Inject
    MailboxDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
        this.transactions = new Transactions(dataSource);
    }

    /** Something that is done by one connection. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException, MailboxException;
    }

    /** Does all of it or nothing, durably when this returns. */
    <T extends @Nullable Object> T change(Work<T> work) throws MailboxException {
        try {
            return transactions.<T, MailboxException>run(work::run);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Queries, each of which is a transaction of its own. Waits for a writer, and holds no lock when it is done. */
    <T extends @Nullable Object> T read(Work<T> work) throws MailboxException {
        try (Connection connection = dataSource.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static MailboxException failure(SQLException cause) {
        return new MailboxException("The database failed", cause);
    }
}
