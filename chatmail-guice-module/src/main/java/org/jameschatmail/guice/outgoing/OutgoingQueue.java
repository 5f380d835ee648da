package org.jameschatmail.guice.outgoing;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.mail.MessagingException;
import javax.sql.DataSource;
import org.jameschatmail.core.outgoing.Destination;
import org.jameschatmail.guice.database.Transactions;
import org.jameschatmail.guice.outgoing.OutgoingItem.Place;
import org.jameschatmail.guice.queue.BodyStore;

/**
 * The messages to other servers, in the table {@code chatmail_outgoing}. A row is written in the transaction that
 * accepts the message and goes in the one that notes its fate, so a kill loses none. What is in somebody's hands is known
 * in memory only: one process at a time may use it. Thread-safe.
 */
@Singleton
public final class OutgoingQueue {
    private static final int LONGEST_DOMAIN = 255;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final String INSERT = "INSERT INTO chatmail_outgoing (domain, item_id, sender, accepted_at, due_at,"
            + " attempts, body_id, body_size, recipients) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)";
    private static final String LOAD = "SELECT domain, item_id, sender, recipients, accepted_at, attempts, body_id,"
            + " body_size FROM chatmail_outgoing WHERE domain = ? AND item_id = ?";

    private final Transactions transactions;
    private final BodyStore bodies;
    private final Clock clock;
    private volatile Consumer<List<Place>> listener = places -> {};

    @Inject
    OutgoingQueue(DataSource dataSource, Clock clock) {
        this.transactions = new Transactions(dataSource);
        this.bodies = new BodyStore(transactions);
        this.clock = clock;
    }

    /** Who is told of messages that were added and committed; must return at once. */
    void tell(Consumer<List<Place>> newListener) {
        listener = newListener;
    }

    /**
     * Adds a message within the caller's transaction, once for each destination domain. Run the result after the commit,
     * and not otherwise. Were it forgotten, the message would wait for the next start.
     *
     * @throws MessagingException when the content can't be read; roll back
     */
    public Runnable add(Connection connection, OutgoingMail mail) throws SQLException, MessagingException {
        Map<String, List<QueuedRecipient>> byDomain = byDomain(mail.recipients());
        String bodyId = UUID.randomUUID().toString();
        long size = bodies.write(connection, bodyId, mail.content(), byDomain.size());
        Instant now = clock.instant();
        List<Place> places = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Map.Entry<String, List<QueuedRecipient>> group : byDomain.entrySet()) {
                Place place = new Place(group.getKey(), UUID.randomUUID().toString(), now);
                insert.setString(1, place.domain());
                insert.setString(2, place.id());
                insert.setString(3, mail.sender().orElse(""));
                insert.setLong(4, now.toEpochMilli());
                insert.setLong(5, now.toEpochMilli());
                insert.setString(6, bodyId);
                insert.setLong(7, size);
                insert.setString(8, QueuedRecipient.write(group.getValue()));
                insert.addBatch();
                places.add(place);
            }
            insert.executeBatch();
        }
        return () -> listener.accept(places);
    }

    /** As {@link #add(Connection, OutgoingMail)}, in a transaction of its own. */
    void add(OutgoingMail mail) throws SQLException, MessagingException {
        transactions
                .<Runnable, MessagingException>run(connection -> add(connection, mail))
                .run();
    }

    private static Map<String, List<QueuedRecipient>> byDomain(List<String> recipients) {
        Map<String, List<QueuedRecipient>> groups = new LinkedHashMap<>();
        for (String any : recipients) {
            // A line is one recipient: whoever has such an address is told that it can't be written.
            String recipient = CONTROL.matcher(any).replaceAll(" ");
            int at = recipient.lastIndexOf('@');
            String written = recipient.substring(at + 1);
            Optional<Destination> destination = Destination.parse(written);
            String domain =
                    destination.map(known -> known.domain().text()).orElseGet(() -> written.toLowerCase(Locale.ROOT));
            boolean literal = destination.flatMap(Destination::address).isPresent();
            String address = literal ? recipient.substring(0, at + 1) + domain : recipient;
            String key = domain.substring(0, Math.min(domain.length(), LONGEST_DOMAIN));
            groups.computeIfAbsent(key, absent -> new ArrayList<>())
                    .add(new QueuedRecipient(address, Optional.empty()));
        }
        return groups;
    }

    /** Nothing when it is gone. */
    Optional<OutgoingItem> load(String domain, String id) throws SQLException {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(LOAD)) {
                select.setString(1, domain);
                select.setString(2, id);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(item(row)) : Optional.empty();
                }
            }
        });
    }

    private static OutgoingItem item(ResultSet row) throws SQLException {
        String sender = row.getString(3);
        return new OutgoingItem(
                row.getString(1),
                row.getString(2),
                sender.isEmpty() ? Optional.empty() : Optional.of(sender),
                QueuedRecipient.read(row.getString(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                row.getInt(6),
                row.getString(7),
                row.getLong(8));
    }

    /** The message without a signature; each part of it is read when it is wanted. */
    InputStream open(OutgoingItem item) {
        return bodies.open(item.bodyId());
    }

    /** The domains that have messages here, and when the first of each is due. */
    Map<String, Instant> domains() throws SQLException {
        return transactions.run(connection -> {
            Map<String, Instant> domains = new LinkedHashMap<>();
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT domain, MIN(due_at) FROM chatmail_outgoing GROUP BY domain");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    domains.put(rows.getString(1), Instant.ofEpochMilli(rows.getLong(2)));
                }
            }
            return domains;
        });
    }

    /** The messages of a domain that are due first, those in work included. */
    List<Place> first(String domain, int limit) throws SQLException {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT item_id, due_at FROM chatmail_outgoing"
                    + " WHERE domain = ? ORDER BY due_at FETCH FIRST ? ROWS ONLY")) {
                select.setString(1, domain);
                select.setInt(2, limit);
                List<Place> places = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        places.add(new Place(domain, rows.getString(1), Instant.ofEpochMilli(rows.getLong(2))));
                    }
                }
                return places;
            }
        });
    }

    /** The oldest messages of a domain among those accepted until {@code last}, the oldest first. */
    List<OutgoingItem> acceptedUntil(String domain, Instant last, int limit) throws SQLException {
        List<String> ids = transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT item_id, accepted_at FROM"
                    + " chatmail_outgoing WHERE domain = ? AND accepted_at <= ? ORDER BY accepted_at"
                    + " FETCH FIRST ? ROWS ONLY")) {
                select.setString(1, domain);
                select.setLong(2, last.toEpochMilli());
                select.setInt(3, limit);
                List<String> found = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
                return found;
            }
        });
        List<OutgoingItem> items = new ArrayList<>();
        for (String id : ids) {
            load(domain, id).ifPresent(items::add);
        }
        return items;
    }

    /** Removes the messages of a sender whose account is removed: nobody is there to be told of their fate. */
    void removeAll(String sender) throws SQLException, MessagingException {
        List<OutgoingItem> items = transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT domain, item_id, sender, recipients,"
                    + " accepted_at, attempts, body_id, body_size FROM chatmail_outgoing WHERE sender = ?")) {
                select.setString(1, sender);
                List<OutgoingItem> found = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(item(rows));
                    }
                }
                return found;
            }
        });
        for (OutgoingItem item : items) {
            remove(item, Consequence.NONE);
        }
    }

    /** What else belongs into the transaction that notes a message's fate; gives what is to be run after it. */
    @FunctionalInterface
    interface Consequence {
        Consequence NONE = connection -> () -> {};

        Runnable in(Connection connection) throws SQLException, MessagingException;
    }

    /** Removes a message, and its content with its last row; without effect when it is gone already. */
    void remove(OutgoingItem item, Consequence consequence) throws SQLException, MessagingException {
        transactions
                .<Runnable, MessagingException>run(connection -> remove(connection, item, consequence))
                .run();
    }

    private static Runnable remove(Connection connection, OutgoingItem item, Consequence consequence)
            throws SQLException, MessagingException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM chatmail_outgoing WHERE domain = ? AND item_id = ?")) {
            delete.setString(1, item.domain());
            delete.setString(2, item.id());
            if (delete.executeUpdate() == 0) {
                return () -> {};
            }
        }
        BodyStore.release(connection, item.bodyId(), item.bodySize());
        return consequence.in(connection);
    }

    /** Keeps a message for those who haven't got it; without effect when it is gone already. */
    void putOff(OutgoingItem item, List<QueuedRecipient> left, Instant due, Consequence consequence)
            throws SQLException, MessagingException {
        transactions
                .<Runnable, MessagingException>run(connection -> {
                    try (PreparedStatement update =
                            connection.prepareStatement("UPDATE chatmail_outgoing SET due_at = ?,"
                                    + " attempts = ?, recipients = ? WHERE domain = ? AND item_id = ?")) {
                        update.setLong(1, due.toEpochMilli());
                        update.setInt(2, item.attempts() + 1);
                        update.setString(3, QueuedRecipient.write(left));
                        update.setString(4, item.domain());
                        update.setString(5, item.id());
                        return update.executeUpdate() == 0 ? () -> {} : consequence.in(connection);
                    }
                })
                .run();
    }

    /** Makes all messages of a domain due now; gives how many there are. */
    int makeDue(String domain) throws SQLException {
        return transactions.run(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE chatmail_outgoing SET due_at = ? WHERE domain = ?")) {
                update.setLong(1, clock.millis());
                update.setString(2, domain);
                return update.executeUpdate();
            }
        });
    }

    /**
     * What waits for a domain.
     *
     * @param messages rows, whatever the number of their recipients
     */
    record Backlog(String domain, long messages, Instant oldest, Instant nextDue) {}

    /** Those with the most messages come first. */
    List<Backlog> backlogs() throws SQLException {
        return transactions.run(connection -> {
            List<Backlog> backlogs = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT domain, COUNT(*) AS messages,"
                            + " MIN(accepted_at), MIN(due_at) FROM chatmail_outgoing GROUP BY domain"
                            + " ORDER BY messages DESC, domain");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    backlogs.add(new Backlog(
                            rows.getString(1),
                            rows.getLong(2),
                            Instant.ofEpochMilli(rows.getLong(3)),
                            Instant.ofEpochMilli(rows.getLong(4))));
                }
            }
            return backlogs;
        });
    }

    /** How many messages wait, or are in work, for all domains. */
    long size() throws SQLException {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT COUNT(*) FROM chatmail_outgoing");
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
