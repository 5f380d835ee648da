package org.jameschatmail.guice.account;

import com.google.common.base.Suppliers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;
import org.jameschatmail.core.account.AccountBans;
import org.jameschatmail.guice.database.Transactions;

/**
 * Bans in the table {@code chatmail_ban}, all of them in memory, read anew every five seconds while somebody asks.
 * Thread-safe; several servers may share the table.
 */
@Singleton
public final class JdbcAccountBans implements AccountBans {
    private static final int SECONDS_REMEMBERED = 5;

    private final Transactions transactions;
    private volatile Supplier<Set<String>> banned = remembered();

    @Inject
    public JdbcAccountBans(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    private Supplier<Set<String>> remembered() {
        return Suppliers.memoizeWithExpiration(this::read, SECONDS_REMEMBERED, TimeUnit.SECONDS)::get;
    }

    private Set<String> read() {
        return run(connection -> {
            Set<String> accounts = new HashSet<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT account FROM chatmail_ban");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    accounts.add(rows.getString(1));
                }
            }
            return accounts;
        });
    }

    @Override
    public boolean isBanned(String account) {
        return banned.get().contains(account);
    }

    @Override
    public void ban(String account) {
        run(connection -> {
            change(connection, "DELETE FROM chatmail_ban WHERE account = ?", account);
            return change(connection, "INSERT INTO chatmail_ban (account) VALUES (?)", account);
        });
        banned = remembered();
    }

    @Override
    public void lift(String account) {
        run(connection -> change(connection, "DELETE FROM chatmail_ban WHERE account = ?", account));
        banned = remembered();
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
            throw new IllegalStateException("Bans: SQL state " + e.getSQLState(), e);
        }
    }
}
