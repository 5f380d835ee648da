package org.jameschatmail.guice.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;
import org.jameschatmail.guice.database.Transactions;
import org.jameschatmail.web.admin.AdminTokens;

/**
 * Tokens in the table {@code chatmail_admin_token}: 256 random bits each, of which the table holds SHA-256 alone. It is
 * read for each request, so that a deletion counts at once. Thread-safe; several servers may share the table.
 */
@Singleton
public final class JdbcAdminTokens implements AdminTokens {
    private static final int TOKEN_BYTES = 32;
    private static final int ID_BYTES = 6;
    private static final String SELECT =
            "SELECT id, label, scope, made, digest FROM chatmail_admin_token ORDER BY made, id";

    private final Transactions transactions;
    private final SecureRandom random;
    private final Clock clock;

    private record Row(Entry entry, byte[] digest) {}

    @Inject
    public JdbcAdminTokens(DataSource dataSource, SecureRandom random, Clock clock) {
        this.transactions = new Transactions(dataSource);
        this.random = random;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Made> make(String label, Scope scope) {
        if (scope == Scope.OWNER) {
            throw new IllegalArgumentException("The owner's token is in the file");
        }
        Entry entry = new Entry(draw(ID_BYTES), label, scope, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        String token = draw(TOKEN_BYTES);
        return run(connection -> {
            if (rows(connection).size() >= MOST_TOKENS) {
                return Optional.empty();
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO chatmail_admin_token (id, digest, label, scope, made) VALUES (?, ?, ?, ?, ?)")) {
                insert.setString(1, entry.id());
                insert.setString(2, HexFormat.of().formatHex(digest(token)));
                insert.setString(3, label);
                insert.setString(4, scope.name());
                insert.setLong(5, entry.made().toEpochMilli());
                insert.executeUpdate();
            }
            return Optional.of(new Made(entry, token));
        });
    }

    private String draw(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
    }

    @Override
    public List<Entry> list() {
        return run(JdbcAdminTokens::rows).stream().map(Row::entry).toList();
    }

    /** What the holder of a token may do; empty when it is none. Takes the same time wherever the token is in the table. */
    Optional<Scope> scopeOf(String token) {
        byte[] asked = digest(token);
        Optional<Scope> found = Optional.empty();
        for (Row row : run(JdbcAdminTokens::rows)) {
            if (MessageDigest.isEqual(row.digest(), asked)) {
                found = Optional.of(row.entry().scope());
            }
        }
        return found;
    }

    @Override
    public boolean delete(String id) {
        return run(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM chatmail_admin_token WHERE id = ?")) {
                delete.setString(1, id);
                return delete.executeUpdate() > 0;
            }
        });
    }

    private static List<Row> rows(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT);
                ResultSet found = select.executeQuery()) {
            List<Row> rows = new ArrayList<>();
            while (found.next()) {
                Entry entry = new Entry(
                        found.getString(1),
                        found.getString(2),
                        Scope.valueOf(found.getString(3)),
                        Instant.ofEpochMilli(found.getLong(4)));
                rows.add(new Row(entry, HexFormat.of().parseHex(found.getString(5))));
            }
            return rows;
        }
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private <T> T run(Transactions.Work<T, RuntimeException> work) {
        try {
            return transactions.run(work);
        } catch (SQLException e) {
            throw new IllegalStateException("Tokens of WebAdmin: SQL state " + e.getSQLState(), e);
        }
    }
}
