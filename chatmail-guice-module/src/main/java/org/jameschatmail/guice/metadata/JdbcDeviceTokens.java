package org.jameschatmail.guice.metadata;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.apache.james.core.Username;
import org.jameschatmail.protocols.imap.metadata.DeviceToken;
import org.jameschatmail.protocols.imap.metadata.DeviceTokens;

/**
 * Device tokens in the table {@code chatmail_device_token}, which is created when missing. A token is longer than a key
 * may be, so its SHA-256 is the key. Times are milliseconds since 1970. Thread-safe; several servers may share the
 * table.
 */
public final class JdbcDeviceTokens implements DeviceTokens {
    private static final String TABLE = "chatmail_device_token";

    private final MetadataTransactions transactions;
    private final Clock clock;

    /** @throws RuntimeException when the database is out of reach */
    public JdbcDeviceTokens(DataSource dataSource, Clock clock) {
        this.transactions = new MetadataTransactions(dataSource);
        this.clock = clock;
    }

    @Override
    public void add(Username owner, DeviceToken token) {
        long now = clock.millis();
        boolean added = transactions.write(owner, connection -> {
            if (renew(connection, owner, token, now)) {
                return false;
            }
            insert(connection, owner, token, now);
            return true;
        });
        if (added) {
            transactions.write(owner, connection -> removeSurplus(connection, owner));
        }
    }

    private static boolean renew(Connection connection, Username owner, DeviceToken token, long now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE " + TABLE + " SET renewed_at = ? WHERE account = ? AND token_digest = ?")) {
            update.setLong(1, now);
            update.setString(2, owner.asString());
            update.setString(3, digest(token));
            return update.executeUpdate() > 0;
        }
    }

    private static void insert(Connection connection, Username owner, DeviceToken token, long now) throws SQLException {
        long ordinal = nextOrdinal(connection, owner);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + TABLE
                + " (account, token_digest, token, ordinal, renewed_at) VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, owner.asString());
            insert.setString(2, digest(token));
            insert.setString(3, token.value());
            insert.setLong(4, ordinal);
            insert.setLong(5, now);
            insert.executeUpdate();
        }
    }

    private static long nextOrdinal(Connection connection, Username owner) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT MAX(ordinal) FROM " + TABLE + " WHERE account = ?")) {
            select.setString(1, owner.asString());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) + 1 : 1;
            }
        }
    }

    private static int removeSurplus(Connection connection, Username owner) throws SQLException {
        List<String> surplus = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT token_digest FROM " + TABLE + " WHERE account = ? ORDER BY renewed_at DESC, ordinal DESC")) {
            select.setString(1, owner.asString());
            try (ResultSet rows = select.executeQuery()) {
                for (int kept = 0; rows.next(); kept++) {
                    if (kept >= MAX_PER_ACCOUNT) {
                        surplus.add(rows.getString(1));
                    }
                }
            }
        }
        for (String digest : surplus) {
            remove(connection, owner, digest);
        }
        return surplus.size();
    }

    @Override
    public List<DeviceToken> list(Username owner) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT token FROM " + TABLE + " WHERE account = ? ORDER BY ordinal, renewed_at, token_digest")) {
                select.setString(1, owner.asString());
                List<DeviceToken> tokens = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        tokens.add(new DeviceToken(rows.getString(1)));
                    }
                }
                return List.copyOf(tokens);
            }
        });
    }

    @Override
    public void remove(Username owner, DeviceToken token) {
        transactions.write(owner, connection -> remove(connection, owner, digest(token)));
    }

    private static int remove(Connection connection, Username owner, String digest) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + TABLE + " WHERE account = ? AND token_digest = ?")) {
            delete.setString(1, owner.asString());
            delete.setString(2, digest);
            return delete.executeUpdate();
        }
    }

    @Override
    public void removeAll(Username owner) {
        transactions.write(owner, connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + TABLE + " WHERE account = ?")) {
                delete.setString(1, owner.asString());
                return delete.executeUpdate();
            }
        });
    }

    @Override
    public int removeRenewedBefore(Instant time) {
        return transactions.run(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + TABLE + " WHERE renewed_at < ?")) {
                delete.setLong(1, time.toEpochMilli());
                return delete.executeUpdate();
            }
        });
    }

    private static String digest(DeviceToken token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(token.value().getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
