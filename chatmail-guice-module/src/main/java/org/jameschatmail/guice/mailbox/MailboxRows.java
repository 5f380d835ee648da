package org.jameschatmail.guice.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.UidValidity;
import org.jameschatmail.guice.database.SqlDialect;

/**
 * The rows of mailboxes, each reached by a key. The comments in the queries bind Derby to that key also when it
 * believes the table empty; it would read the whole table then, and wait for whoever writes any row of it. (What changes
 * rows takes no such comment, and needs none: it names the whole of a unique key.)
 */
final class MailboxRows {
    private static final String COLUMNS = "id, namespace, owner, name, uid_validity, last_uid, modseq, message_count,"
            + " unseen_count, recent_count, octets, keywords";
    private static final String BY_ID = " --DERBY-PROPERTIES constraint=CHATMAIL_MAILBOX_PK\n";
    private static final String BY_PATH = " --DERBY-PROPERTIES constraint=CHATMAIL_MAILBOX_PATH\n";
    private static final String SELECT_BY_ID = "SELECT " + COLUMNS + " FROM chatmail_mailbox" + BY_ID + " WHERE id = ?";
    private static final String SELECT_BY_PATH = "SELECT " + COLUMNS + " FROM chatmail_mailbox" + BY_PATH
            + " WHERE owner = ? AND namespace = ? AND name = ?";
    private static final String ADD = " SET last_uid = last_uid + ?, modseq = modseq + 1,"
            + " message_count = message_count + ?, unseen_count = unseen_count + ?,"
            + " recent_count = recent_count + ?, octets = octets + ?";
    private static final String ADD_TO_PATH =
            "UPDATE chatmail_mailbox" + ADD + " WHERE owner = ? AND namespace = ? AND name = ?";
    private static final String LOCK_INBOX =
            "UPDATE chatmail_mailbox" + " SET modseq = modseq WHERE owner = ? AND namespace = ? AND name = ?";
    private static final String LOCK_MAILBOX = "UPDATE chatmail_mailbox SET modseq = modseq WHERE id = ?";
    private static final int MAX_LIST = 64;

    private MailboxRows() {}

    static Optional<MailboxState> read(Connection connection, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT_BY_ID)) {
            select.setLong(1, id);
            return first(select);
        }
    }

    static Optional<MailboxState> read(Connection connection, MailboxPath path) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT_BY_PATH)) {
            setPath(select, 1, path);
            return first(select);
        }
    }

    /** All mailboxes of these owners in one name space. */
    static List<MailboxState> ofOwners(Connection connection, String namespace, Collection<String> owners)
            throws SQLException {
        List<MailboxState> states = new ArrayList<>();
        List<String> all = List.copyOf(owners);
        for (int from = 0; from < all.size(); from += MAX_LIST) {
            List<String> part = all.subList(from, Math.min(all.size(), from + MAX_LIST));
            Marks marks = Marks.forCount(part.size());
            try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + " FROM chatmail_mailbox"
                    + BY_PATH + " WHERE namespace = ? AND owner IN (" + marks.sql() + ")")) {
                select.setString(1, namespace);
                for (int index = 0; index < marks.count(); index++) {
                    select.setString(2 + index, part.get(Math.min(index, part.size() - 1)));
                }
                states.addAll(rows(select));
            }
        }
        return states;
    }

    /** Every mailbox there is. Reads the whole table. */
    static List<MailboxState> all(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + " FROM chatmail_mailbox")) {
            return rows(select);
        }
    }

    /** Takes the lock that guards what an account stores. Without an INBOX there is none to take. */
    static void lockInbox(Connection connection, String owner) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK_INBOX)) {
            setPath(lock, 1, inboxOf(owner));
            lock.executeUpdate();
        }
    }

    /** Takes the lock that guards the messages of a mailbox. */
    static void lock(Connection connection, long id) throws SQLException, MailboxNotFoundException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK_MAILBOX)) {
            lock.setLong(1, id);
            if (lock.executeUpdate() == 0) {
                throw new MailboxNotFoundException(new JdbcMailboxId(id));
            }
        }
    }

    /** Locks a mailbox, adds to its counts, lets its modification sequence rise, and tells where it stands then. */
    static MailboxState add(Connection connection, long id, MailboxChange change)
            throws SQLException, MailboxNotFoundException {
        String update = "UPDATE chatmail_mailbox" + ADD + " WHERE id = ?";
        if (SqlDialect.of(connection) == SqlDialect.POSTGRESQL) {
            try (PreparedStatement add = connection.prepareStatement(update + " RETURNING " + COLUMNS)) {
                setChange(add, change);
                add.setLong(6, id);
                return first(add).orElseThrow(() -> new MailboxNotFoundException(new JdbcMailboxId(id)));
            }
        }
        try (PreparedStatement add = connection.prepareStatement(update)) {
            setChange(add, change);
            add.setLong(6, id);
            add.executeUpdate();
        }
        return read(connection, id).orElseThrow(() -> new MailboxNotFoundException(new JdbcMailboxId(id)));
    }

    /** Adds to the counts of a mailbox that is locked, and leaves its modification sequence. */
    static void addCounts(Connection connection, long id, MailboxChange change) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement("UPDATE chatmail_mailbox SET last_uid = last_uid + ?,"
                + " message_count = message_count + ?, unseen_count = unseen_count + ?,"
                + " recent_count = recent_count + ?, octets = octets + ? WHERE id = ?")) {
            setChange(add, change);
            add.setLong(6, id);
            add.executeUpdate();
        }
    }

    /** Locks the INBOX of each owner, in the order they are given, and adds to its counts; makes those that miss. */
    static void addToInboxes(Connection connection, List<String> sortedOwners, MailboxChange change)
            throws SQLException {
        if (SqlDialect.of(connection) == SqlDialect.POSTGRESQL) {
            addInTurn(connection, addAtOnce(connection, sortedOwners, change), change);
        } else {
            addInTurn(connection, sortedOwners, change);
        }
    }

    /**
     * One round trip for all.
     *
     * @return whose isn't there. It is locked after those behind it then: what that may bring, a deadlock, is seen by the
     *     database, and the transaction is tried again
     */
    private static List<String> addAtOnce(Connection connection, List<String> owners, MailboxChange change)
            throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD_TO_PATH)) {
            for (String owner : owners) {
                setAddition(add, owner, change);
                add.addBatch();
            }
            int[] updated = add.executeBatch();
            List<String> missing = new ArrayList<>();
            for (int index = 0; index < updated.length; index++) {
                if (updated[index] == 0) {
                    missing.add(owners.get(index));
                }
            }
            return missing;
        }
    }

    private static void addInTurn(Connection connection, List<String> owners, MailboxChange change)
            throws SQLException {
        int done = 0;
        while (done < owners.size()) {
            done += addUntilMissing(connection, owners.subList(done, owners.size()), change);
            if (done < owners.size()) {
                insertUnlessThere(connection, inboxOf(owners.get(done)), UidValidity.generate());
            }
        }
    }

    /** How many were updated before the first that isn't there. Those behind it are locked later, in their order. */
    private static int addUntilMissing(Connection connection, List<String> owners, MailboxChange change)
            throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD_TO_PATH)) {
            int done = 0;
            for (String owner : owners) {
                setAddition(add, owner, change);
                if (add.executeUpdate() == 0) {
                    return done;
                }
                done++;
            }
            return done;
        }
    }

    private static void setAddition(PreparedStatement add, String owner, MailboxChange change) throws SQLException {
        setChange(add, change);
        setPath(add, 6, inboxOf(owner));
    }

    static boolean insertUnlessThere(Connection connection, MailboxPath path, UidValidity uidValidity)
            throws SQLException {
        return SqlDialect.insertUnlessThere(
                connection,
                "INSERT INTO chatmail_mailbox (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, '')",
                JdbcMailboxId.random().number(),
                path.getNamespace(),
                path.getUser().asString(),
                path.getName(),
                uidValidity.asLong());
    }

    static void setKeywords(Connection connection, long id, String keywords) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE chatmail_mailbox SET keywords = ? WHERE id = ?")) {
            update.setString(1, keywords);
            update.setLong(2, id);
            update.executeUpdate();
        }
    }

    static boolean rename(Connection connection, long id, MailboxPath path) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE chatmail_mailbox SET owner = ?, namespace = ?, name = ? WHERE id = ?")) {
            setPath(update, 1, path);
            update.setLong(4, id);
            return update.executeUpdate() > 0;
        }
    }

    static void delete(Connection connection, long id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM chatmail_mailbox WHERE id = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
    }

    static MailboxPath path(String namespace, String owner, String name) {
        return new MailboxPath(namespace, Username.of(owner), name);
    }

    static MailboxPath inboxOf(String owner) {
        return MailboxPath.inbox(Username.of(owner));
    }

    static boolean isInbox(MailboxState state) {
        return state.name().equals(MailboxConstants.INBOX) && state.namespace().equals(MailboxConstants.USER_NAMESPACE);
    }

    private static void setChange(PreparedStatement statement, MailboxChange change) throws SQLException {
        statement.setLong(1, change.uids());
        statement.setLong(2, change.messages());
        statement.setLong(3, change.unseen());
        statement.setLong(4, change.recent());
        statement.setLong(5, change.octets());
    }

    private static void setPath(PreparedStatement statement, int from, MailboxPath path) throws SQLException {
        statement.setString(from, path.getUser().asString());
        statement.setString(from + 1, path.getNamespace());
        statement.setString(from + 2, path.getName());
    }

    private static Optional<MailboxState> first(PreparedStatement select) throws SQLException {
        return rows(select).stream().findFirst();
    }

    private static List<MailboxState> rows(PreparedStatement select) throws SQLException {
        List<MailboxState> states = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                states.add(new MailboxState(
                        new JdbcMailboxId(rows.getLong(1)),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getLong(5),
                        rows.getLong(6),
                        rows.getLong(7),
                        rows.getLong(8),
                        rows.getLong(9),
                        rows.getLong(10),
                        rows.getLong(11),
                        rows.getString(12)));
            }
        }
        return states;
    }
}
