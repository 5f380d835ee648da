package org.jameschatmail.guice.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.queue.api.MailQueueName;
import org.apache.mailet.Mail;
import org.jameschatmail.guice.database.Transactions;
import org.jameschatmail.guice.queue.BodyStore.Body;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one queue. Every method is one transaction and is durable when it returns. Knows nothing of order or of
 * who holds which mail: that is {@link DeliverySchedule}. Thread-safe.
 */
final class QueueStore {
    /** Where a row stands. What isn't {@link #WAITING} stays in the table and is never delivered. */
    enum State {
        WAITING("waiting"),
        UNREADABLE("unreadable"),
        REJECTED("rejected");

        private final String code;

        State(String code) {
            this.code = code;
        }
    }

    private static final String COLUMNS = "item_id, due_at, body_id, body_size, envelope";
    private static final String OF_QUEUE = " FROM mail_queue_item WHERE queue_name = ? AND state = 'waiting'";
    private static final int ROWS_A_TRIP = 100;

    private final Transactions transactions;
    private final BodyStore bodies;
    private final String queue;

    QueueStore(Transactions transactions, BodyStore bodies, MailQueueName queue) {
        this.transactions = transactions;
        this.bodies = bodies;
        this.queue = queue.asString();
    }

    /**
     * Writes a mail, its message included, unless the message is one that this database holds already.
     *
     * @throws MessagingException when the message can't be read
     */
    Position insert(Mail mail, long stamp, long due) throws SQLException, MessagingException {
        return transactions.<Position, MessagingException>run(connection -> insert(connection, mail, stamp, due));
    }

    /** As {@link #insert(Mail, long, long)}, within the caller's transaction. */
    Position insert(Connection connection, Mail mail, long stamp, long due) throws SQLException, MessagingException {
        Position position = new Position(due, UUID.randomUUID().toString());
        MimeMessage message = mail.getMessage();
        String stored = BodyStore.storedIdOf(message);
        long size = stored == null ? 0 : mail.getMessageSize();
        Body body = bodyOf(connection, message, stored, size);
        return insertItem(connection, position, stamp, body, EnvelopeJson.write(mail));
    }

    private Body bodyOf(Connection connection, @Nullable MimeMessage message, @Nullable String stored, long size)
            throws SQLException, MessagingException {
        if (message == null) {
            return Body.NONE;
        }
        if (stored != null && BodyStore.share(connection, stored)) {
            return new Body(stored, size);
        }
        return bodies.write(connection, message);
    }

    private Position insertItem(Connection connection, Position position, long stamp, Body body, String envelope)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO mail_queue_item (" + COLUMNS
                + ", queue_name, state, enqueued_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, position.id());
            insert.setLong(2, position.due());
            insert.setString(3, body.id());
            insert.setLong(4, body.size());
            insert.setString(5, envelope);
            insert.setString(6, queue);
            insert.setString(7, State.WAITING.code);
            insert.setLong(8, stamp);
            insert.executeUpdate();
            return position;
        }
    }

    /** The first positions not before {@code from}, in order, at most {@code limit}. Reads the whole table. */
    List<Position> positionsFrom(Position from, int limit) throws SQLException {
        return transactions.<List<Position>, RuntimeException>run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT item_id, due_at" + OF_QUEUE
                    + " AND (due_at > ? OR (due_at = ? AND item_id >= ?)) ORDER BY due_at, item_id")) {
                select.setString(1, queue);
                select.setLong(2, from.due());
                select.setLong(3, from.due());
                select.setString(4, from.id());
                select.setMaxRows(limit);
                List<Position> positions = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        positions.add(new Position(rows.getLong(2), rows.getString(1)));
                    }
                }
                return positions;
            }
        });
    }

    /** The rows of these ids that are there and waiting, by id. */
    Map<String, StoredItem> fetch(Collection<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        String marks = String.join(", ", Collections.nCopies(ids.size(), "?"));
        return transactions.<Map<String, StoredItem>, RuntimeException>run(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT " + COLUMNS + OF_QUEUE + " AND item_id IN (" + marks + ")")) {
                select.setString(1, queue);
                int index = 2;
                for (String id : ids) {
                    select.setString(index++, id);
                }
                Map<String, StoredItem> items = new HashMap<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        StoredItem item = item(rows);
                        items.put(item.id(), item);
                    }
                }
                return items;
            }
        });
    }

    /** Shows each waiting row once, in no order. The visitor must not use the database. */
    void visit(Consumer<StoredItem> visitor) throws SQLException {
        transactions.change(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + OF_QUEUE)) {
                select.setString(1, queue);
                select.setFetchSize(ROWS_A_TRIP);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        visitor.accept(item(rows));
                    }
                }
            }
        });
    }

    private static StoredItem item(ResultSet rows) throws SQLException {
        return new StoredItem(
                rows.getString(1), rows.getLong(2), rows.getString(3), rows.getLong(4), rows.getString(5));
    }

    long count() throws SQLException {
        return transactions.<Long, RuntimeException>run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT COUNT(*)" + OF_QUEUE)) {
                select.setString(1, queue);
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    return rows.getLong(1);
                }
            }
        });
    }

    /** Deletes a row, and its message when no other row needs it. Tells whether the row was there. */
    boolean delete(StoredItem item) throws SQLException {
        return transactions.<Boolean, RuntimeException>run(connection -> delete(connection, item));
    }

    /** As {@link #delete(StoredItem)}, within the caller's transaction, for an item of any queue. */
    static boolean delete(Connection connection, StoredItem item) throws SQLException {
        int deleted;
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM mail_queue_item WHERE item_id = ?")) {
            delete.setString(1, item.id());
            deleted = delete.executeUpdate();
        }
        if (deleted > 0 && item.bodyId() != null) {
            BodyStore.release(connection, item.bodyId(), item.bodySize());
        }
        return deleted > 0;
    }

    void setAside(String id, State state) throws SQLException {
        transactions.<Integer, RuntimeException>run(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE mail_queue_item SET state = ? WHERE item_id = ?")) {
                update.setString(1, state.code);
                update.setString(2, id);
                return update.executeUpdate();
            }
        });
    }

    /** Makes everything due that isn't at {@code now}, in the order of arrival. Gives the count. */
    long makeDue(long now) throws SQLException {
        return transactions.<Integer, RuntimeException>run(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE mail_queue_item"
                    + " SET due_at = enqueued_at WHERE queue_name = ? AND state = 'waiting' AND due_at > ?")) {
                update.setString(1, queue);
                update.setLong(2, now);
                return update.executeUpdate();
            }
        });
    }
}
