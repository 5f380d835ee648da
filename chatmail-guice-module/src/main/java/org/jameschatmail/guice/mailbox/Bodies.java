package org.jameschatmail.guice.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jameschatmail.guice.database.SqlDialect;

/**
 * The table of bodies. A row counts the messages that point to it and goes with the last of them. Thread-safe.
 */
@Singleton
final class Bodies {
    /** Larger ones are streamed into the database, and not remembered. */
    private static final int MAX_IN_MEMORY = 1 << 20;

    private static final String BY_ID = " --DERBY-PROPERTIES constraint=CHATMAIL_BODY_PK\n";
    private static final int MAX_LIST = 16;

    private final RecentBodies recent = new RecentBodies();

    @Inject
    Bodies() {}

    /**
     * Stores a new body, to which {@code references} messages will point.
     *
     * @param octets how long the stream is, headers included
     */
    void insert(Connection connection, long id, int references, InputStream stream, long octets, int headerOctets)
            throws SQLException, IOException {
        byte[] header = stream.readNBytes(headerOctets);
        long rest = octets - header.length;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO chatmail_body (id, refs, header, content) VALUES (?, ?, ?, ?)")) {
            insert.setLong(1, id);
            insert.setInt(2, references);
            insert.setBytes(3, header);
            if (octets > MAX_IN_MEMORY) {
                insert.setBinaryStream(4, stream, Math.toIntExact(rest));
            } else {
                byte[] content = stream.readNBytes(Math.toIntExact(rest));
                insert.setBytes(4, content);
                recent.put(id, new Body(header, content));
            }
            insert.executeUpdate();
        }
    }

    /** Whether a body is stored, in a transaction that sees no other's. */
    static boolean isThere(Connection connection, long id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT refs FROM chatmail_body" + BY_ID + " WHERE id = ?")) {
            select.setLong(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Lets {@code more} messages point to a body. Tells whether it is there. */
    static boolean share(Connection connection, long id, int more) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE chatmail_body SET refs = refs + ? WHERE id = ?")) {
            update.setInt(1, more);
            update.setLong(2, id);
            return update.executeUpdate() > 0;
        }
    }

    /** Takes back so many references from each body, in the order of ids; the last takes the body with it. */
    static void release(Connection connection, SortedMap<Long, Integer> references) throws SQLException {
        try (PreparedStatement update =
                        connection.prepareStatement("UPDATE chatmail_body SET refs = refs - ? WHERE id = ?");
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM chatmail_body WHERE id = ? AND refs <= 0")) {
            for (Map.Entry<Long, Integer> body : references.entrySet()) {
                update.setInt(1, body.getValue());
                update.setLong(2, body.getKey());
                update.addBatch();
                delete.setLong(1, body.getKey());
                delete.addBatch();
            }
            update.executeBatch();
            delete.executeBatch();
        }
    }

    /** A body that is remembered, without a look into the database. */
    Optional<Body> remembered(long id) {
        return recent.get(id);
    }

    /** The bodies that are there, from memory or by one query for each sixteen of them. */
    Map<Long, Body> load(Connection connection, Collection<Long> ids) throws SQLException {
        Map<Long, Body> bodies = new HashMap<>();
        List<Long> missing = new ArrayList<>();
        for (Long id : ids) {
            recent.get(id).ifPresentOrElse(body -> bodies.put(id, body), () -> missing.add(id));
        }
        for (int from = 0; from < missing.size(); from += MAX_LIST) {
            read(connection, missing.subList(from, Math.min(missing.size(), from + MAX_LIST)), bodies);
        }
        return bodies;
    }

    private void read(Connection connection, List<Long> ids, Map<Long, Body> bodies) throws SQLException {
        try (PreparedStatement select = selectByIds(connection, "id, header, content", ids);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Body body = new Body(rows.getBytes(2), rows.getBytes(3));
                bodies.put(rows.getLong(1), body);
                recent.put(rows.getLong(1), body);
            }
        }
    }

    /** The headers of bodies that are remembered, without a look into the database. */
    Map<Long, byte[]> rememberedHeaders(Collection<Long> ids) {
        Map<Long, byte[]> headers = new HashMap<>();
        for (Long id : ids) {
            recent.get(id).ifPresent(body -> headers.put(id, body.header()));
        }
        return headers;
    }

    /** The headers of the bodies that are there, without a look at the rest. */
    Map<Long, byte[]> loadHeaders(Connection connection, Collection<Long> ids) throws SQLException {
        Map<Long, byte[]> headers = rememberedHeaders(ids);
        List<Long> missing = ids.stream().filter(id -> !headers.containsKey(id)).toList();
        for (int from = 0; from < missing.size(); from += MAX_LIST) {
            List<Long> part = missing.subList(from, Math.min(missing.size(), from + MAX_LIST));
            try (PreparedStatement select = selectByIds(connection, "id, header", part);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    headers.put(rows.getLong(1), rows.getBytes(2));
                }
            }
        }
        return headers;
    }

    /**
     * A piece of what is behind the headers; empty when the body is gone.
     *
     * @param from octets of the content before it
     */
    static Optional<byte[]> piece(Connection connection, long id, long from, int length) throws SQLException {
        boolean slices = SqlDialect.of(connection) == SqlDialect.POSTGRESQL;
        String column = slices ? "substring(content FROM ? FOR ?)" : "content";
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + column + " FROM chatmail_body" + BY_ID + " WHERE id = ?")) {
            int parameter = 1;
            if (slices) {
                select.setInt(parameter++, Math.toIntExact(from + 1));
                select.setInt(parameter++, length);
            }
            select.setLong(parameter, id);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                return Optional.of(slices ? rows.getBytes(1) : rows.getBlob(1).getBytes(from + 1, length));
            }
        }
    }

    private static PreparedStatement selectByIds(Connection connection, String columns, List<Long> ids)
            throws SQLException {
        Marks marks = Marks.forCount(ids.size());
        PreparedStatement select = connection.prepareStatement(
                "SELECT " + columns + " FROM chatmail_body" + BY_ID + " WHERE id IN (" + marks.sql() + ")");
        for (int index = 0; index < marks.count(); index++) {
            select.setLong(index + 1, ids.get(Math.min(index, ids.size() - 1)));
        }
        return select;
    }
}
