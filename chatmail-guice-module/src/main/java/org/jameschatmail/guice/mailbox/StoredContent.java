package org.jameschatmail.guice.mailbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Content;
import org.jspecify.annotations.Nullable;

/**
 * The octets of a stored message, as far as they were asked for; what is read beyond comes from the database at that
 * moment.
 */
final class StoredContent implements Content {
    private static final int MOST_AT_ONCE = 256 * 1024;

    private final MailboxDatabase database;
    private final Bodies bodies;
    private final StoredRow row;
    private final @Nullable Body body;
    private final byte @Nullable [] header;

    private StoredContent(
            MailboxDatabase database, Bodies bodies, StoredRow row, @Nullable Body body, byte @Nullable [] header) {
        this.database = database;
        this.bodies = bodies;
        this.row = row;
        this.body = body;
        this.header = header;
    }

    static StoredContent unread(MailboxDatabase database, Bodies bodies, StoredRow row) {
        return new StoredContent(database, bodies, row, null, null);
    }

    static StoredContent ofHeader(MailboxDatabase database, Bodies bodies, StoredRow row, byte[] header) {
        return new StoredContent(database, bodies, row, null, header);
    }

    static StoredContent ofBody(MailboxDatabase database, Bodies bodies, StoredRow row, Body body) {
        return new StoredContent(database, bodies, row, body, null);
    }

    @Override
    public long size() {
        return row.octets();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        if (body != null) {
            return body.stream();
        }
        if (isLarge(row)) {
            return new HeaderThenRest(header == null ? loadHeader() : header);
        }
        return header == null ? load().stream() : new HeaderThenRest(header);
    }

    /** Whether what is behind the headers is read in pieces. */
    static boolean isLarge(StoredRow row) {
        return row.octets() > MOST_AT_ONCE;
    }

    private byte[] loadHeader() throws IOException {
        try {
            Map<Long, byte[]> found = database.read(connection -> bodies.loadHeaders(connection, List.of(row.body())));
            byte[] loaded = found.get(row.body());
            if (loaded == null) {
                throw new IOException("The message was deleted meanwhile");
            }
            return loaded;
        } catch (MailboxException e) {
            throw new IOException(e);
        }
    }

    private Body load() throws IOException {
        try {
            Map<Long, Body> found = database.read((Connection connection) -> loaded(connection));
            Body loaded = found.get(row.body());
            if (loaded == null) {
                throw new IOException("The message was deleted meanwhile");
            }
            return loaded;
        } catch (MailboxException e) {
            throw new IOException(e);
        }
    }

    private Map<Long, Body> loaded(Connection connection) throws SQLException {
        return bodies.load(connection, List.of(row.body()));
    }

    /** Loads the rest only for who reads beyond the headers; who closes it before that, as a parser does, loads nothing. */
    private final class HeaderThenRest extends InputStream {
        private final byte[] first;
        private int taken;
        private @Nullable InputStream rest;

        private HeaderThenRest(byte[] first) {
            this.first = first;
        }

        @Override
        public int read() throws IOException {
            return taken < first.length ? first[taken++] & 0xFF : rest().read();
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, octets.length);
            // Java's own readNBytes asks for nothing when it has all.
            if (length == 0) {
                return 0;
            }
            if (taken == first.length) {
                return rest().read(octets, offset, length);
            }
            int read = Math.min(length, first.length - taken);
            System.arraycopy(first, taken, octets, offset, read);
            taken += read;
            return read;
        }

        private InputStream rest() throws IOException {
            InputStream opened = rest;
            if (opened == null) {
                opened = isLarge(row)
                        ? new BodyPieces(database, row.body(), row.octets() - first.length)
                        : new ByteArrayInputStream(load().content());
                rest = opened;
            }
            return opened;
        }

        @Override
        public void close() throws IOException {
            if (rest != null) {
                rest.close();
            }
        }
    }
}
