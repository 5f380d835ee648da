package org.jameschatmail.guice.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;
import org.jameschatmail.core.account.CleartextConsents;
import org.jameschatmail.guice.database.Transactions;

/**
 * Consents in the table {@code chatmail_cleartext}. Nothing is remembered: it is asked about messages that aren't
 * encrypted alone, and an operator's change counts at once. Thread-safe; several servers may share the table.
 */
@Singleton
public final class JdbcCleartextConsents implements CleartextConsents {
    /** How many accounts one query names: databases bound its parameters. */
    private static final int STEP = 500;

    private static final String DUPLICATE_KEY = "23";

    private final Transactions transactions;

    @Inject
    public JdbcCleartextConsents(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    @Override
    public boolean areGivenBy(Collection<String> accounts) {
        List<String> distinct = List.copyOf(Set.copyOf(accounts));
        if (distinct.isEmpty()) {
            return false;
        }
        return run(connection -> {
            for (int from = 0; from < distinct.size(); from += STEP) {
                List<String> some = distinct.subList(from, Math.min(from + STEP, distinct.size()));
                if (count(connection, some) < some.size()) {
                    return false;
                }
            }
            return true;
        });
    }

    private static int count(Connection connection, List<String> accounts) throws SQLException {
        String places = String.join(", ", Collections.nCopies(accounts.size(), "?"));
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT COUNT(*) FROM chatmail_cleartext WHERE account IN (" + places + ")")) {
            for (int i = 0; i < accounts.size(); i++) {
                select.setString(i + 1, accounts.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    @Override
    public void give(String account) {
        if (areGivenBy(List.of(account))) {
            return;
        }
        run(connection -> {
            try {
                return change(connection, "INSERT INTO chatmail_cleartext (account) VALUES (?)", account);
            } catch (SQLException e) {
                if (String.valueOf(e.getSQLState()).startsWith(DUPLICATE_KEY)) {
                    return 0;
                }
                throw e;
            }
        });
    }

    @Override
    public void withdraw(String account) {
        run(connection -> change(connection, "DELETE FROM chatmail_cleartext WHERE account = ?", account));
    }

    private static int change(Connection connection, String sql, String account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, account);
            return statement.executeUpdate();
        }
    }

    private <T> T run(Transactions.Work<T, RuntimeException> work) {
        try {
            return transactions.run(work);
        } catch (SQLException e) {
            throw new IllegalStateException("Consents to cleartext: SQL state " + e.getSQLState(), e);
        }
    }
}
