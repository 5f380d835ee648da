package org.jameschatmail.guice.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;
import org.jameschatmail.core.account.Invitation;
import org.jameschatmail.core.account.InvitationStore;
import org.jameschatmail.guice.database.Transactions;

/**
 * Invitations and what was handed out for them, in the tables {@code chatmail_invitation} and
 * {@code chatmail_reservation}. A token is looked up by its digest, so that the time of an answer tells nothing of it.
 * Thread-safe; several servers may share the tables.
 */
@Singleton
public final class JdbcInvitations implements InvitationStore {
    private static final Duration RESERVED = Duration.ofDays(1);
    private static final long NEVER = Long.MAX_VALUE;
    private static final int TOKEN_OCTETS = 18;
    private static final int ID_OCTETS = 6;
    private static final int OVERDUE_AT_ONCE = 100;
    private static final String COLUMNS = "SELECT id, token, label, uses, used, expires FROM chatmail_invitation";
    private static final String TAKE =
            "UPDATE chatmail_invitation SET used = used + 1" + " WHERE digest = ? AND used < uses AND expires > ?";
    private static final String GIVE_BACK = "UPDATE chatmail_invitation SET used = used - 1"
            + " WHERE id = ? AND NOT EXISTS (SELECT 1 FROM JAMES_USER WHERE USER_NAME = ?)";
    private static final String FORGET = "DELETE FROM chatmail_reservation WHERE account = ?";

    private final Transactions transactions;
    private final SecureRandom random;
    private final Clock clock;

    @Inject
    public JdbcInvitations(DataSource dataSource, SecureRandom random, Clock clock) {
        this.transactions = new Transactions(dataSource);
        this.random = random;
        this.clock = clock;
    }

    @Override
    public List<Invitation> list() {
        giveBackOverdue();
        return run(connection -> read(connection, " ORDER BY made DESC, id"));
    }

    @Override
    public Optional<Invitation> find(String id) {
        return run(connection -> read(connection, " WHERE id = ?", id)).stream().findFirst();
    }

    @Override
    public Optional<Invitation> byToken(String token) {
        return run(connection -> read(connection, " WHERE digest = ?", digest(token))).stream()
                .findFirst();
    }

    private static List<Invitation> read(Connection connection, String which, String... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COLUMNS + which)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            List<Invitation> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    long expires = rows.getLong(6);
                    found.add(new Invitation(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getInt(4),
                            rows.getInt(5),
                            expires == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires))));
                }
            }
            return found;
        }
    }

    @Override
    public Invitation make(String label, int uses, Optional<Instant> expires) {
        if (label.length() > Invitation.LONGEST_LABEL || uses < 1 || uses > Invitation.MOST_USES) {
            throw new IllegalArgumentException("The label is too long, or the number of uses out of range");
        }
        Invitation made = new Invitation(id(), text(TOKEN_OCTETS), label, uses, 0, expires);
        run(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO chatmail_invitation (id, digest, token, label, uses, used,"
                            + " made, expires) VALUES (?, ?, ?, ?, ?, 0, ?, ?)")) {
                insert.setString(1, made.id());
                insert.setString(2, digest(made.token()));
                insert.setString(3, made.token());
                insert.setString(4, label);
                insert.setInt(5, uses);
                insert.setLong(6, clock.millis());
                insert.setLong(7, expires.map(Instant::toEpochMilli).orElse(NEVER));
                return insert.executeUpdate();
            }
        });
        return made;
    }

    /** Typed after a command, where what begins with a hyphen is an option. */
    private String id() {
        String drawn = text(ID_OCTETS);
        while (drawn.startsWith("-")) {
            drawn = text(ID_OCTETS);
        }
        return drawn;
    }

    private String text(int octets) {
        byte[] drawn = new byte[octets];
        random.nextBytes(drawn);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
    }

    @Override
    public boolean withdraw(String id) {
        return run(connection -> change(connection, "DELETE FROM chatmail_invitation WHERE id = ?", id)) > 0;
    }

    @Override
    public boolean reserve(String token, String account) {
        giveBackOverdue();
        return run(connection -> {
            String digest = digest(token);
            try (PreparedStatement take = connection.prepareStatement(TAKE)) {
                take.setString(1, digest);
                take.setLong(2, clock.millis());
                if (take.executeUpdate() == 0) {
                    return false;
                }
            }
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO chatmail_reservation (account,"
                    + " invitation, expires) SELECT CAST(? AS VARCHAR(320)), id, CAST(? AS BIGINT)"
                    + " FROM chatmail_invitation WHERE digest = ?")) {
                insert.setString(1, account);
                insert.setLong(2, clock.instant().plus(RESERVED).toEpochMilli());
                insert.setString(3, digest);
                return insert.executeUpdate() == 1;
            }
        });
    }

    @Override
    public boolean isReserved(String account) {
        return run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT 1 FROM chatmail_reservation WHERE account = ? AND expires > ?")) {
                select.setString(1, account);
                select.setLong(2, clock.millis());
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next();
                }
            }
        });
    }

    @Override
    public void redeem(String account) {
        run(connection -> change(connection, FORGET, account));
    }

    /** A kill between an account's making and {@link #redeem} leaves its reservation behind: that use was used. */
    private void giveBackOverdue() {
        for (Reservation reservation : run(this::overdue)) {
            run(connection -> change(connection, FORGET, reservation.account()) == 1
                    ? change(connection, GIVE_BACK, reservation.invitation(), reservation.account())
                    : 0);
        }
    }

    private record Reservation(String account, String invitation) {}

    private List<Reservation> overdue(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT account, invitation FROM chatmail_reservation"
                        + " WHERE expires <= ? ORDER BY expires FETCH FIRST " + OVERDUE_AT_ONCE + " ROWS ONLY")) {
            select.setLong(1, clock.millis());
            List<Reservation> reservations = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    reservations.add(new Reservation(rows.getString(1), rows.getString(2)));
                }
            }
            return reservations;
        }
    }

    private static int change(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private <T> T run(Transactions.Work<T, RuntimeException> work) {
        try {
            return transactions.run(work);
        } catch (SQLException e) {
            throw new IllegalStateException("Invitations: SQL state " + e.getSQLState(), e);
        }
    }
}
