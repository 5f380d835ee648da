package org.jameschatmail.guice.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;

/** The rows of messages, each reached by mailbox and UID. Whoever writes them holds the lock of the mailbox. */
final class MessageRows {
    private static final String COLUMNS =
            "mailbox_id, uid, modseq, body_id, internal_date, save_date, octets, header_octets, flags, user_flags";
    private static final String FROM = " FROM chatmail_message --DERBY-PROPERTIES constraint=CHATMAIL_MESSAGE_PK\n";
    private static final String OF_MAILBOX =
            FROM + " WHERE mailbox_id = ? AND uid BETWEEN ? AND ? ORDER BY mailbox_id, uid";

    /** What {@link #row} reads, without a condition; it has to name the mailbox. */
    static final String SELECT = "SELECT " + COLUMNS + FROM;

    private MessageRows() {}

    static void insert(Connection connection, Collection<StoredRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO chatmail_message (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (StoredRow row : rows) {
                insert.setLong(1, row.mailbox());
                insert.setLong(2, row.uid());
                insert.setLong(3, row.modSeq());
                insert.setLong(4, row.body());
                insert.setLong(5, row.internalDate().toEpochMilli());
                insert.setLong(6, row.saveDate().toEpochMilli());
                insert.setLong(7, row.octets());
                insert.setInt(8, row.headerOctets());
                setFlags(insert, 9, row.flags());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * The messages of a mailbox in a range of UIDs, by UID.
     *
     * @param limit how many at most; nothing above zero is no limit
     */
    static List<StoredRow> read(Connection connection, long mailbox, MessageRange range, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + OF_MAILBOX)) {
            setRange(select, mailbox, range);
            select.setMaxRows(Math.max(limit, 0));
            List<StoredRow> messages = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    messages.add(row(rows));
                }
            }
            return messages;
        }
    }

    static List<MessageUid> uids(Connection connection, long mailbox, MessageRange range) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT uid" + OF_MAILBOX)) {
            setRange(select, mailbox, range);
            List<MessageUid> uids = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    uids.add(MessageUid.of(rows.getLong(1)));
                }
            }
            return uids;
        }
    }

    static void updateFlags(Connection connection, Collection<StoredRow> changed) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE chatmail_message SET modseq = ?, flags = ?, user_flags = ? WHERE mailbox_id = ? AND uid = ?")) {
            for (StoredRow row : changed) {
                update.setLong(1, row.modSeq());
                setFlags(update, 2, row.flags());
                update.setLong(4, row.mailbox());
                update.setLong(5, row.uid());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** In the order in which others read: who goes against it, and locks as it goes, meets them halfway. */
    static void delete(Connection connection, Collection<StoredRow> rows) throws SQLException {
        List<StoredRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingLong(StoredRow::mailbox).thenComparingLong(StoredRow::uid));
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM chatmail_message WHERE mailbox_id = ? AND uid = ?")) {
            for (StoredRow row : sorted) {
                delete.setLong(1, row.mailbox());
                delete.setLong(2, row.uid());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private static void setFlags(PreparedStatement statement, int from, StoredFlags flags) throws SQLException {
        statement.setInt(from, flags.bits());
        if (flags.keywords() == null) {
            statement.setNull(from + 1, Types.VARCHAR);
        } else {
            statement.setString(from + 1, flags.keywords());
        }
    }

    private static void setRange(PreparedStatement select, long mailbox, MessageRange range) throws SQLException {
        select.setLong(1, mailbox);
        switch (range.getType()) {
            case ALL -> setBounds(select, 1, Long.MAX_VALUE);
            case FROM -> setBounds(select, range.getUidFrom().asLong(), Long.MAX_VALUE);
            case ONE ->
                setBounds(
                        select, range.getUidFrom().asLong(), range.getUidFrom().asLong());
            case RANGE ->
                setBounds(select, range.getUidFrom().asLong(), range.getUidTo().asLong());
        }
    }

    private static void setBounds(PreparedStatement select, long first, long last) throws SQLException {
        select.setLong(2, first);
        select.setLong(3, last);
    }

    static StoredRow row(ResultSet rows) throws SQLException {
        return new StoredRow(
                rows.getLong(1),
                rows.getLong(2),
                rows.getLong(3),
                rows.getLong(4),
                Instant.ofEpochMilli(rows.getLong(5)),
                Instant.ofEpochMilli(rows.getLong(6)),
                rows.getLong(7),
                rows.getInt(8),
                new StoredFlags(rows.getInt(9), rows.getString(10)));
    }
}
