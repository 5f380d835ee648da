package org.jameschatmail.guice.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;
import org.apache.james.core.Username;
import org.jameschatmail.core.configuration.RetentionConfiguration;
import org.jameschatmail.core.expiry.LoginDay;
import org.jameschatmail.guice.database.Transactions;

/**
 * The addresses of accounts that were removed, for {@code retention.addresses}, as keyed digests. Days are whole ones, in
 * UTC, so that a digest can't be found by the moment of a removal. Thread-safe; several servers may share the table if
 * they share the key.
 */
@Singleton
public final class RemovedAddresses {
    private final Transactions transactions;
    private final AddressDigest digest;
    private final Duration retention;
    private final Clock clock;

    @Inject
    public RemovedAddresses(
            DataSource dataSource, AddressDigest digest, RetentionConfiguration retention, Clock clock) {
        this.transactions = new Transactions(dataSource);
        this.digest = digest;
        this.retention = retention.addresses();
        this.clock = clock;
    }

    boolean contains(Username name) throws SQLException {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT 1 FROM chatmail_removed_address WHERE digest = ? AND until_day >= ?")) {
                select.setString(1, digest.of(name));
                select.setInt(2, today());
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next();
                }
            }
        });
    }

    void add(Username name) throws SQLException {
        if (retention.isZero()) {
            return;
        }
        Instant end = clock.instant().plus(retention);
        transactions.change(connection -> {
            String address = digest.of(name);
            change(connection, "DELETE FROM chatmail_removed_address WHERE digest = ?", address);
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO chatmail_removed_address (digest, until_day) VALUES (?, ?)")) {
                insert.setString(1, address);
                insert.setInt(2, LoginDay.at(end).number());
                insert.executeUpdate();
            }
        });
    }

    private static void change(Connection connection, String sql, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            statement.executeUpdate();
        }
    }

    /** Forgets those whose time is over. */
    public void forgetOld() throws SQLException {
        transactions.change(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM chatmail_removed_address WHERE until_day < ?")) {
                delete.setInt(1, today());
                delete.executeUpdate();
            }
        });
    }

    private int today() {
        return LoginDay.at(clock.instant()).number();
    }
}
