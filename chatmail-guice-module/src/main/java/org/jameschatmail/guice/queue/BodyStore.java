package org.jameschatmail.guice.queue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MimeMessageWrapper;
import org.jameschatmail.guice.database.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * The messages of queued mail, cut into chunks of {@value #CHUNK_SIZE} bytes, so that neither this process nor the
 * driver ever holds more of a message than one chunk. A message is written once and never changed; rows of several
 * queues may share it, and the last one to go takes it along. Thread-safe.
 */
public final class BodyStore {
    static final int CHUNK_SIZE = 512 * 1024;

    private static final String SOURCE_PREFIX = "mail-queue-body:";
    private static final int INITIAL_BUFFER = 8 * 1024;

    private final Transactions transactions;

    public BodyStore(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The key and the length in bytes of a stored message. */
    public record Body(@Nullable String id, long size) {
        static final Body NONE = new Body(null, 0);
    }

    /** The stored body that this message still is, word for word; {@code null} when it must be written. */
    static @Nullable String storedIdOf(@Nullable MimeMessage message) {
        if (message instanceof MimeMessageWrapper wrapper && !wrapper.isModified()) {
            String source = wrapper.getSourceId();
            if (source != null && source.startsWith(SOURCE_PREFIX)) {
                return source.substring(SOURCE_PREFIX.length());
            }
        }
        return null;
    }

    static String sourceIdOf(String bodyId) {
        return SOURCE_PREFIX + bodyId;
    }

    /** What writes a message somewhere. */
    @FunctionalInterface
    public interface Source {
        void writeTo(OutputStream out) throws IOException, MessagingException;
    }

    /** Streams a message into new rows, within the transaction of {@code connection}. */
    Body write(Connection connection, MimeMessage message) throws SQLException, MessagingException {
        String bodyId = UUID.randomUUID().toString();
        return new Body(bodyId, write(connection, bodyId, message::writeTo, 1));
    }

    /**
     * Streams a message into new rows, within the transaction of {@code connection}.
     *
     * @param bodyId new; the key to read and release it by
     * @param holders how many rows are going to hold it, each of which releases it once
     * @return its length in bytes
     */
    public long write(Connection connection, String bodyId, Source message, int holders)
            throws SQLException, MessagingException {
        try (ChunkWriter out = new ChunkWriter(connection, bodyId, holders)) {
            message.writeTo(out);
            out.finish();
            return out.size;
        } catch (IOException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new MessagingException("The message can't be read", e);
        }
    }

    /** Reads a message. Each chunk is a query of its own: a slow reader holds no connection. */
    public InputStream open(String bodyId) {
        return new ChunkReader(bodyId);
    }

    /** Counts one more row that holds a stored message; {@code false} when the message is gone. */
    static boolean share(Connection connection, String bodyId) throws SQLException {
        return execute(connection, "UPDATE mail_queue_body SET item_count = item_count + 1 WHERE body_id = ?", bodyId);
    }

    /** Counts one row less that holds a message, and deletes the message with the last one. */
    public static void release(Connection connection, String bodyId, long size) throws SQLException {
        boolean last = execute(connection, "DELETE FROM mail_queue_body WHERE body_id = ? AND item_count = 1", bodyId);
        if (!last) {
            execute(connection, "UPDATE mail_queue_body SET item_count = item_count - 1 WHERE body_id = ?", bodyId);
            // Another one that was to go at the same moment has waited for this update, or this one for the other's.
            last = execute(connection, "DELETE FROM mail_queue_body WHERE body_id = ? AND item_count <= 0", bodyId);
        }
        if (last) {
            deleteChunks(connection, bodyId, size);
        }
    }

    private static boolean execute(Connection connection, String sql, String bodyId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, bodyId);
            return statement.executeUpdate() > 0;
        }
    }

    /** Names each row by its whole key: Derby might answer a range by a scan, and scans wait for one another. */
    private static void deleteChunks(Connection connection, String bodyId, long size) throws SQLException {
        if (size <= CHUNK_SIZE) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM mail_queue_body_chunk WHERE body_id = ? AND chunk_number = ?")) {
            for (int number = 1; (long) number * CHUNK_SIZE < size; number++) {
                delete.setString(1, bodyId);
                delete.setInt(2, number);
                delete.executeUpdate();
            }
        }
    }

    private Optional<byte[]> readChunk(String bodyId, int number) throws SQLException {
        return transactions.<Optional<byte[]>, RuntimeException>run(connection -> {
            String sql = number == 0
                    ? "SELECT content FROM mail_queue_body WHERE body_id = ?"
                    : "SELECT content FROM mail_queue_body_chunk WHERE body_id = ? AND chunk_number = ?";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, bodyId);
                if (number > 0) {
                    select.setInt(2, number);
                }
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
                }
            }
        });
    }

    private static final class ChunkWriter extends OutputStream {
        private final Connection connection;
        private final String bodyId;
        private final int holders;
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(INITIAL_BUFFER);
        private int written;
        private long size;

        private ChunkWriter(Connection connection, String bodyId, int holders) {
            this.connection = connection;
            this.bodyId = bodyId;
            this.holders = holders;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                if (buffer.size() == CHUNK_SIZE) {
                    insertChunk();
                }
                int part = Math.min(left, CHUNK_SIZE - buffer.size());
                buffer.write(octets, from, part);
                from += part;
                left -= part;
            }
            size += length;
        }

        private void finish() throws IOException {
            if (written == 0 || buffer.size() > 0) {
                insertChunk();
            }
        }

        private void insertChunk() throws IOException {
            String sql = written == 0
                    ? "INSERT INTO mail_queue_body (body_id, content, item_count) VALUES (?, ?, ?)"
                    : "INSERT INTO mail_queue_body_chunk (body_id, content, chunk_number) VALUES (?, ?, ?)";
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, bodyId);
                insert.setBytes(2, buffer.toByteArray());
                insert.setInt(3, written == 0 ? holders : written);
                insert.executeUpdate();
            } catch (SQLException e) {
                throw new IOException(e);
            }
            buffer.reset();
            written++;
        }
    }

    private final class ChunkReader extends InputStream {
        private final String bodyId;
        private byte[] chunk = new byte[0];
        private int position;
        private int next;
        private boolean ended;

        private ChunkReader(String bodyId) {
            this.bodyId = bodyId;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position == chunk.length && !nextChunk()) {
                return -1;
            }
            int part = Math.min(length, chunk.length - position);
            System.arraycopy(chunk, position, target, offset, part);
            position += part;
            return part;
        }

        private boolean nextChunk() throws IOException {
            if (ended) {
                return false;
            }
            Optional<byte[]> content;
            try {
                content = readChunk(bodyId, next);
            } catch (SQLException e) {
                throw new IOException("The database doesn't give the message", e);
            }
            if (content.isEmpty() && next == 0) {
                throw new IOException("The message is gone from the queue");
            }
            chunk = content.orElse(new byte[0]);
            ended = chunk.length < CHUNK_SIZE;
            position = 0;
            next++;
            return chunk.length > 0;
        }
    }
}
