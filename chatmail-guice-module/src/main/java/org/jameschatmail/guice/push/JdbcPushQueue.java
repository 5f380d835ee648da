package org.jameschatmail.guice.push;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;
import org.apache.james.core.Username;
import org.jameschatmail.core.push.RetrySchedule;
import org.jameschatmail.guice.database.Transactions;
import org.jameschatmail.guice.push.DueSlot.Slots;
import org.jameschatmail.protocols.imap.metadata.DeviceToken;

/**
 * The queue in the table {@code chatmail_push}, beside the table of device tokens.
 * Mostly one row a token: a message that finds one waiting joins it. Two may come about when an account
 * gets mail by the spool and directly at the same moment, and do no harm. Thread-safe.
 *
 * <p>A row is locked by the deliveries that touch it until they commit, and by the sender for one statement at a time,
 * each a transaction of its own: neither waits while it holds what the other wants. The comments in the queries bind
 * Derby to the index also when it believes the table empty, and have it look for the token after it has read the row:
 * a table of tokens that it read before might lack one that a newer row is for.
 */
@Singleton
final class JdbcPushQueue implements PushQueue {
    /** A token that wasn't renewed for so long is of no use. */
    static final Duration TOKEN_LIFETIME = Duration.ofDays(90);

    private static final int MAX_LIST = 64;
    private static final String TOKENS = "SELECT account, token_digest FROM chatmail_device_token"
            + " --DERBY-PROPERTIES index=CHATMAIL_DEVICE_TOKEN_RENEWAL\n WHERE renewed_at >= ? AND account IN (";
    private static final String WAITING = "SELECT account, token_digest, id FROM chatmail_push"
            + " --DERBY-PROPERTIES index=CHATMAIL_PUSH_ACCOUNT\n WHERE account IN (";
    private static final String JOIN = "UPDATE chatmail_push SET generation = generation + 1, attempts = 0,"
            + " queued_at = ?, due_slot = CASE WHEN due_at > ? THEN ? ELSE due_slot END,"
            + " due_at = CASE WHEN due_at > ? THEN ? ELSE due_at END WHERE id = ?";
    private static final String INSERT = "INSERT INTO chatmail_push"
            + " (account, token_digest, generation, attempts, queued_at, due_at, due_slot, id)"
            + " VALUES (?, ?, 0, 0, ?, ?, ?, ?)";
    private static final String DUE = "SELECT p.id, p.account, t.token, p.generation, p.attempts, p.queued_at"
            + " FROM chatmail_push p --DERBY-PROPERTIES index=CHATMAIL_PUSH_DUE\n"
            + " LEFT JOIN chatmail_device_token t"
            + " --DERBY-PROPERTIES joinStrategy=NESTEDLOOP, index=CHATMAIL_DEVICE_TOKEN_RENEWAL\n"
            + " ON t.account = p.account AND t.token_digest = p.token_digest"
            + " WHERE p.due_slot BETWEEN ? AND ? AND p.due_at <= ? ORDER BY p.due_slot FETCH FIRST ? ROWS ONLY";
    private static final String FIRST_SLOT = "SELECT due_slot FROM chatmail_push"
            + " --DERBY-PROPERTIES index=CHATMAIL_PUSH_DUE\n WHERE due_slot BETWEEN ? AND ? AND due_at > ?"
            + " ORDER BY due_slot FETCH FIRST ROW ONLY";
    private static final String FIRST_OF_SLOT = "SELECT MIN(due_at) FROM chatmail_push"
            + " --DERBY-PROPERTIES index=CHATMAIL_PUSH_DUE\n WHERE due_slot = ? AND due_at > ?";

    private final Transactions transactions;
    private final Clock clock;
    private volatile Runnable listener = () -> {};

    @Inject
    JdbcPushQueue(DataSource dataSource, Clock clock) {
        this.transactions = new Transactions(dataSource);
        this.clock = clock;
    }

    /** A token of an account. */
    private record Target(String account, String digest) {}

    /** Who is to be told when rows were added and committed; must return at once. */
    void tell(Runnable newListener) {
        listener = newListener;
    }

    @Override
    public Runnable add(Connection connection, Collection<Username> owners) throws SQLException {
        List<String> accounts = owners.stream().map(Username::asString).toList();
        boolean added = false;
        for (int from = 0; from < accounts.size(); from += MAX_LIST) {
            added |= addPart(connection, accounts.subList(from, Math.min(accounts.size(), from + MAX_LIST)));
        }
        return added ? listener : () -> {};
    }

    /** As {@link #add(Connection, Collection)}, in a transaction of its own; tells the listener. */
    void add(Username owner) throws SQLException {
        transactions
                .<Runnable, RuntimeException>run(connection -> add(connection, List.of(owner)))
                .run();
    }

    private boolean addPart(Connection connection, List<String> accounts) throws SQLException {
        Instant now = clock.instant();
        List<Target> targets = targets(connection, accounts, now.minus(TOKEN_LIFETIME));
        if (targets.isEmpty()) {
            return false;
        }
        Map<Target, Long> waiting = waiting(
                connection,
                targets.stream().<String>map(Target::account).distinct().toList());
        List<Target> missing = new ArrayList<>();
        for (Target target : targets) {
            Long id = waiting.get(target);
            if (id == null || !join(connection, id, now)) {
                missing.add(target);
            }
        }
        insert(connection, missing, now);
        return true;
    }

    private static List<Target> targets(Connection connection, List<String> accounts, Instant renewedSince)
            throws SQLException {
        List<Target> targets = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(TOKENS + TextList.marks(accounts) + ")")) {
            select.setLong(1, renewedSince.toEpochMilli());
            TextList.set(select, 2, accounts);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    targets.add(new Target(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return targets;
    }

    private static Map<Target, Long> waiting(Connection connection, List<String> accounts) throws SQLException {
        Map<Target, Long> waiting = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(WAITING + TextList.marks(accounts) + ")")) {
            TextList.set(select, 1, accounts);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    waiting.put(new Target(rows.getString(1), rows.getString(2)), rows.getLong(3));
                }
            }
        }
        return waiting;
    }

    /** Lets a message join a waiting row, which is tried soon; {@code false} when it was sent meanwhile. */
    private static boolean join(Connection connection, long id, Instant now) throws SQLException {
        long soon = now.plus(RetrySchedule.shortest()).toEpochMilli();
        try (PreparedStatement update = connection.prepareStatement(JOIN)) {
            update.setLong(1, now.toEpochMilli());
            update.setLong(2, soon);
            update.setInt(3, DueSlot.of(soon));
            update.setLong(4, soon);
            update.setLong(5, soon);
            update.setLong(6, id);
            return update.executeUpdate() > 0;
        }
    }

    private static void insert(Connection connection, List<Target> targets, Instant now) throws SQLException {
        if (targets.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Target target : targets) {
                insert.setString(1, target.account());
                insert.setString(2, target.digest());
                insert.setLong(3, now.toEpochMilli());
                insert.setLong(4, now.toEpochMilli());
                insert.setInt(5, DueSlot.of(now.toEpochMilli()));
                insert.setLong(6, ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * The rows that are due, those that wait the longest first, as far as six hours back: what was due before is to be put
     * in order by {@link #refresh}.
     */
    List<QueuedPush> due(int limit) throws SQLException {
        Instant now = clock.instant();
        return transactions.run(connection -> {
            List<QueuedPush> due = new ArrayList<>();
            for (Slots slots : DueSlot.past(now)) {
                addDue(connection, slots, now, limit - due.size(), due);
            }
            return due;
        });
    }

    private static void addDue(Connection connection, Slots slots, Instant now, int limit, List<QueuedPush> due)
            throws SQLException {
        if (limit == 0) {
            return;
        }
        try (PreparedStatement select = connection.prepareStatement(DUE)) {
            select.setInt(1, slots.first());
            select.setInt(2, slots.last());
            select.setLong(3, now.toEpochMilli());
            select.setInt(4, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    due.add(new QueuedPush(
                            rows.getLong(1),
                            Username.of(rows.getString(2)),
                            Optional.ofNullable(rows.getString(3)).flatMap(DeviceToken::parse),
                            rows.getLong(4),
                            rows.getInt(5),
                            Instant.ofEpochMilli(rows.getLong(6))));
                }
            }
        }
    }

    /** Makes due what was due so long ago that it isn't found, because the server was down or its clock was set. */
    void refresh() throws SQLException {
        Instant now = clock.instant();
        transactions.change(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE chatmail_push SET due_at = ?, due_slot = ? WHERE due_at < ?")) {
                update.setLong(1, now.toEpochMilli());
                update.setInt(2, DueSlot.of(now.toEpochMilli()));
                update.setLong(3, DueSlot.horizon(now).toEpochMilli());
                update.executeUpdate();
            }
        });
    }

    /** When the next row that isn't due yet will be. */
    Optional<Instant> nextDue() throws SQLException {
        Instant now = clock.instant();
        return transactions.run(connection -> {
            for (Slots slots : DueSlot.future(now)) {
                OptionalLong slot = number(connection, FIRST_SLOT, slots.first(), slots.last(), now.toEpochMilli());
                if (slot.isPresent()) {
                    OptionalLong first = number(connection, FIRST_OF_SLOT, slot.getAsLong(), now.toEpochMilli());
                    return first.isPresent() ? Optional.of(Instant.ofEpochMilli(first.getAsLong())) : Optional.empty();
                }
            }
            return Optional.empty();
        });
    }

    private static OptionalLong number(Connection connection, String sql, long... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                select.setLong(index + 1, values[index]);
            }
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return OptionalLong.empty();
                }
                long number = rows.getLong(1);
                return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
            }
        }
    }

    /** Removes a row; {@code false} when a message joined it since it was read: then it is still to be sent. */
    boolean remove(QueuedPush push) throws SQLException {
        return change("DELETE FROM chatmail_push WHERE id = ? AND generation = ?", push.id(), push.generation()) > 0;
    }

    /** Puts a row off after a failure. One that a message joined is tried when that message says. */
    void putOff(QueuedPush push, Instant due) throws SQLException {
        change(
                "UPDATE chatmail_push SET attempts = ?, due_at = ?, due_slot = ? WHERE id = ? AND generation = ?",
                push.attempts() + 1,
                due.toEpochMilli(),
                DueSlot.of(due.toEpochMilli()),
                push.id(),
                push.generation());
    }

    /** Removes the rows of an account that is deleted. */
    void removeAll(Username owner) throws SQLException {
        transactions.change(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM chatmail_push WHERE account = ?")) {
                delete.setString(1, owner.asString());
                delete.executeUpdate();
            }
        });
    }

    private int change(String sql, long... values) throws SQLException {
        return transactions.<Integer, RuntimeException>run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int index = 0; index < values.length; index++) {
                    statement.setLong(index + 1, values[index]);
                }
                return statement.executeUpdate();
            }
        });
    }
}
