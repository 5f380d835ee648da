package org.jameschatmail.guice.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.james.core.Username;
import org.jameschatmail.protocols.imap.metadata.EntryName;
import org.jameschatmail.protocols.imap.metadata.MailboxMetadata;

/**
 * Metadata entries in the table {@code chatmail_mailbox_metadata}, which is created when missing. Thread-safe; several
 * servers may share the table, and may then together overshoot an account's number of entries by one update.
 */
public final class JdbcMailboxMetadata implements MailboxMetadata {
    private static final String TABLE = "chatmail_mailbox_metadata";

    private final MetadataTransactions transactions;

    /** @throws RuntimeException when the database is out of reach */
    public JdbcMailboxMetadata(DataSource dataSource) {
        this.transactions = new MetadataTransactions(dataSource);
    }

    @Override
    public Map<EntryName, String> entries(Username owner, String mailbox) {
        return transactions.run(connection -> entries(connection, owner, mailbox));
    }

    private static Map<EntryName, String> entries(Connection connection, Username owner, String mailbox)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT entry_name, entry_value FROM " + TABLE
                + " WHERE account = ? AND mailbox = ? ORDER BY entry_name")) {
            select.setString(1, owner.asString());
            select.setString(2, mailbox);
            Map<EntryName, String> entries = new LinkedHashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.put(new EntryName(rows.getString(1)), rows.getString(2));
                }
            }
            return entries;
        }
    }

    @Override
    public boolean update(Username owner, String mailbox, Map<EntryName, Optional<String>> changes) {
        return transactions.write(owner, connection -> {
            Set<EntryName> present = entries(connection, owner, mailbox).keySet();
            Set<EntryName> kept = new HashSet<>(present);
            changes.forEach((name, value) -> value.ifPresentOrElse(text -> kept.add(name), () -> kept.remove(name)));
            if (count(connection, owner) - present.size() + kept.size() > MAX_ENTRIES_PER_ACCOUNT) {
                return false;
            }
            for (Map.Entry<EntryName, Optional<String>> change : changes.entrySet()) {
                if (present.contains(change.getKey())) {
                    remove(connection, owner, mailbox, change.getKey());
                }
                if (change.getValue().isPresent()) {
                    insert(
                            connection,
                            owner,
                            mailbox,
                            change.getKey(),
                            change.getValue().get());
                }
            }
            return true;
        });
    }

    private static void remove(Connection connection, Username owner, String mailbox, EntryName name)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM " + TABLE + " WHERE account = ? AND mailbox = ? AND entry_name = ?")) {
            delete.setString(1, owner.asString());
            delete.setString(2, mailbox);
            delete.setString(3, name.path());
            delete.executeUpdate();
        }
    }

    private static void insert(Connection connection, Username owner, String mailbox, EntryName name, String value)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + TABLE + " (account, mailbox, entry_name, entry_value) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, owner.asString());
            insert.setString(2, mailbox);
            insert.setString(3, name.path());
            insert.setString(4, value);
            insert.executeUpdate();
        }
    }

    private static int count(Connection connection, Username owner) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT COUNT(*) FROM " + TABLE + " WHERE account = ?")) {
            select.setString(1, owner.asString());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
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
}
