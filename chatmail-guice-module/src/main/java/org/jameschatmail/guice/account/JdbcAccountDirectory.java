package org.jameschatmail.guice.account;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import javax.sql.DataSource;
import org.apache.james.core.Username;
import org.jameschatmail.core.account.AccountDirectory;
import org.jameschatmail.core.account.AccountSummary;
import org.jameschatmail.core.configuration.QuotaConfiguration;
import org.jameschatmail.core.expiry.LoginDay;
import org.jameschatmail.guice.database.Transactions;

/** Accounts with what is known of them, one query a page: by the key of James' table of users, from an address on. */
final class JdbcAccountDirectory implements AccountDirectory {
    private static final char ESCAPE = '!';
    private static final String SUMMARY = "SELECT u.USER_NAME,"
            + " (SELECT l.login_day FROM chatmail_last_login l WHERE l.account = u.USER_NAME),"
            + " (SELECT SUM(m.octets) FROM chatmail_mailbox m WHERE m.owner = u.USER_NAME),"
            + " (SELECT SUM(m.message_count) FROM chatmail_mailbox m WHERE m.owner = u.USER_NAME),"
            + " (SELECT q.octets FROM chatmail_quota_limit q WHERE q.holder = '#private&' || u.USER_NAME),"
            + " (SELECT COUNT(*) FROM chatmail_ban b WHERE b.account = u.USER_NAME),"
            + " (SELECT COUNT(*) FROM chatmail_cleartext c WHERE c.account = u.USER_NAME)"
            + " FROM JAMES_USER u";
    private static final String PAGE = SUMMARY + " WHERE u.USER_NAME > ? AND u.USER_NAME LIKE ? ESCAPE '" + ESCAPE
            + "' ORDER BY u.USER_NAME FETCH FIRST ? ROWS ONLY";
    private static final String ONE = SUMMARY + " WHERE u.USER_NAME = ?";

    private final Transactions transactions;
    private final LastLogins logins;
    private final long defaultQuota;

    @Inject
    JdbcAccountDirectory(DataSource dataSource, LastLogins logins, QuotaConfiguration quota) {
        this.transactions = new Transactions(dataSource);
        this.logins = logins;
        this.defaultQuota = quota.storage();
    }

    @Override
    public List<AccountSummary> list(String search, String after, int limit) {
        String pattern = "%" + search.toLowerCase(Locale.ROOT).replaceAll("[" + ESCAPE + "%_]", ESCAPE + "$0") + "%";
        return read(PAGE, statement -> {
            statement.setString(1, after);
            statement.setString(2, pattern);
            statement.setInt(3, limit);
        });
    }

    @Override
    public Optional<AccountSummary> find(String address) {
        return read(ONE, statement -> statement.setString(1, address.toLowerCase(Locale.ROOT))).stream()
                .findFirst();
    }

    @FunctionalInterface
    private interface Values {
        void setOn(PreparedStatement statement) throws SQLException;
    }

    private List<AccountSummary> read(String query, Values values) {
        try {
            return transactions.run(connection -> {
                try (PreparedStatement select = connection.prepareStatement(query)) {
                    values.setOn(select);
                    List<AccountSummary> found = new ArrayList<>();
                    try (ResultSet rows = select.executeQuery()) {
                        while (rows.next()) {
                            found.add(summary(rows));
                        }
                    }
                    return found;
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException("Accounts: SQL state " + e.getSQLState(), e);
        }
    }

    private AccountSummary summary(ResultSet row) throws SQLException {
        int day = row.getInt(2);
        Optional<LoginDay> written = row.wasNull() || day < 0 ? Optional.empty() : Optional.of(new LoginDay(day));
        Optional<LocalDate> lastLogin = logins.noted(Username.of(row.getString(1)))
                .or(() -> written)
                .map(login -> LocalDate.ofEpochDay(login.number()));
        long limit = row.getLong(5);
        boolean hasDefault = row.wasNull();
        return new AccountSummary(
                row.getString(1),
                lastLogin,
                row.getLong(3),
                row.getLong(4),
                Optional.of(hasDefault ? defaultQuota : limit).filter(octets -> octets > 0),
                row.getInt(6) > 0,
                row.getInt(7) > 0);
    }
}
