package org.jameschatmail.guice.account;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;
import org.apache.james.core.Username;
import org.jameschatmail.core.expiry.LoginDay;
import org.jameschatmail.guice.database.Transactions;

/**
 * The day of each account's last login, in the table {@code chatmail_last_login}. A login is noted in memory, and written
 * with others when {@link #write} is called, once a day for each account at most; a kill in between loses a few seconds of
 * them. An account that is removed leaves its row behind for a day, as {@link #REMOVED}. Thread-safe; one process at a
 * time.
 */
@Singleton
public final class LastLogins {
    /** The account isn't there any more. */
    public static final LoginDay REMOVED = new LoginDay(-1);

    private static final int REMEMBERED = 100_000;
    private static final int MOST_PENDING = 100_000;
    private static final int ROWS_A_TRANSACTION = 500;
    private static final String WALK = "SELECT place, account, login_day FROM chatmail_last_login"
            + " --DERBY-PROPERTIES index=CHATMAIL_LAST_LOGIN_PLACE\n"
            + " WHERE place > ? AND place <= ? ORDER BY place FETCH FIRST ? ROWS ONLY";
    private static final String WITHOUT_ROW = "SELECT u.USER_NAME FROM JAMES_USER u WHERE u.USER_NAME > ?"
            + " AND NOT EXISTS (SELECT 1 FROM chatmail_last_login l WHERE l.account = u.USER_NAME)"
            + " ORDER BY u.USER_NAME FETCH FIRST ? ROWS ONLY";

    private final Transactions transactions;
    private final Clock clock;
    private final Map<Username, LoginDay> pending = new ConcurrentHashMap<>();
    private final Cache<Username, LoginDay> written =
            CacheBuilder.newBuilder().maximumSize(REMEMBERED).build();

    @Inject
    public LastLogins(DataSource dataSource, Clock clock) {
        this.transactions = new Transactions(dataSource);
        this.clock = clock;
    }

    /**
     * An account as a walk finds it.
     *
     * @param place a digest of its name, by which walks pass accounts
     */
    public record Place(long place, Username account, LoginDay day) {}

    void note(Username account) {
        LoginDay today = LoginDay.at(clock.instant());
        if (!today.equals(written.getIfPresent(account)) && pending.size() < MOST_PENDING) {
            pending.put(account, today);
        }
    }

    /** Writes what was noted; what fails stays noted. */
    public synchronized void write() throws SQLException {
        List<Map.Entry<Username, LoginDay>> all = new ArrayList<>();
        pending.forEach((account, day) -> all.add(Map.entry(account, day)));
        for (int from = 0; from < all.size(); from += ROWS_A_TRANSACTION) {
            List<Map.Entry<Username, LoginDay>> some =
                    all.subList(from, Math.min(all.size(), from + ROWS_A_TRANSACTION));
            transactions.change(connection -> {
                for (Map.Entry<Username, LoginDay> login : some) {
                    put(connection, login.getKey(), login.getValue());
                }
            });
            for (Map.Entry<Username, LoginDay> login : some) {
                pending.remove(login.getKey(), login.getValue());
                written.put(login.getKey(), login.getValue());
            }
        }
    }

    /** Notes that an account that comes from another server was used on that day, unless it was used here since. */
    public synchronized void raise(Username account, LoginDay day) throws SQLException {
        transactions.change(connection -> {
            Optional<LoginDay> known = read(connection, account);
            if (known.isEmpty() || known.get().number() < day.number()) {
                put(connection, account, day);
            }
        });
    }

    private static void put(Connection connection, Username account, LoginDay day) throws SQLException {
        Optional<LoginDay> known = read(connection, account);
        if (known.isPresent() && known.get().equals(day)) {
            return;
        }
        String sql = known.isPresent()
                ? "UPDATE chatmail_last_login SET login_day = ?, place = ? WHERE account = ?"
                : "INSERT INTO chatmail_last_login (login_day, place, account) VALUES (?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, day.number());
            statement.setLong(2, placeOf(account));
            statement.setString(3, account.asString());
            statement.executeUpdate();
        }
    }

    /** When an account logged in last; empty when nobody knows. */
    public Optional<LoginDay> of(Username account) throws SQLException {
        Optional<LoginDay> noted = noted(account);
        return noted.isPresent() ? noted : transactions.run(connection -> read(connection, account));
    }

    /** A login of the last seconds, which isn't written yet. */
    Optional<LoginDay> noted(Username account) {
        return Optional.ofNullable(pending.get(account));
    }

    private static Optional<LoginDay> read(Connection connection, Username account) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT login_day FROM chatmail_last_login WHERE account = ?")) {
            select.setString(1, account.asString());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(new LoginDay(rows.getInt(1))) : Optional.empty();
            }
        }
    }

    /** The accounts whose places lie behind {@code after} and not behind {@code upTo}, in this order. */
    public List<Place> places(long after, long upTo, int limit) throws SQLException {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(WALK)) {
                select.setLong(1, after);
                select.setLong(2, upTo);
                select.setInt(3, limit);
                List<Place> places = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        places.add(new Place(
                                rows.getLong(1), Username.of(rows.getString(2)), new LoginDay(rows.getInt(3))));
                    }
                }
                return places;
            }
        });
    }

    /** Lets accounts that aren't known here, because they are older than this table, begin with today. */
    public synchronized void adopt() throws SQLException {
        LoginDay today = LoginDay.at(clock.instant());
        String last = "";
        List<String> names = withoutRow(last);
        while (!names.isEmpty()) {
            List<String> some = names;
            transactions.change(connection -> {
                for (String name : some) {
                    put(connection, Username.of(name), today);
                }
            });
            last = names.get(names.size() - 1);
            names = withoutRow(last);
        }
    }

    private List<String> withoutRow(String after) throws SQLException {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(WITHOUT_ROW)) {
                select.setString(1, after);
                select.setInt(2, ROWS_A_TRANSACTION);
                List<String> names = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                }
                return names;
            }
        });
    }

    /** The account is gone; its row stays, so that it is looked at once more. */
    public synchronized void markRemoved(Username account) throws SQLException {
        pending.remove(account);
        written.invalidate(account);
        transactions.change(connection -> put(connection, account, REMOVED));
    }

    /** Nothing of the account is left. */
    public synchronized void forget(Username account) throws SQLException {
        transactions.change(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM chatmail_last_login WHERE account = ? AND login_day = ?")) {
                delete.setString(1, account.asString());
                delete.setInt(2, REMOVED.number());
                delete.executeUpdate();
            }
        });
    }

    private static long placeOf(Username account) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(account.asString().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
