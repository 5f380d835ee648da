package org.jameschatmail.guice.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jameschatmail.guice.database.Upkeep.Pacer;
import org.jameschatmail.guice.database.Upkeep.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Derby needs to forget and to stay small, tried out with 10.16. A deleted row stays readable in its page until the
 * page is wanted, the pages of a deleted long value until they are used again, a key in the upper pages of its index for
 * ever; the log keeps what was written until a checkpoint comes, which may be never on a quiet server; and a B-tree whose
 * keys rise, as UIDs do within a mailbox, keeps its emptied pages.
 *
 * <ul>
 *   <li>Every table is purged of deleted rows, without a lock on it.
 *   <li>One of at most {@value #SMALL_OCTETS} bytes, or whose indexes are mostly empty, is rebuilt: whoever wants to write
 *       to it waits meanwhile.
 *   <li>In the larger ones with message bodies, free pages are overwritten, by rows of zeros that go at once.
 *   <li>A checkpoint, after enough was written that the log of before is dropped.
 * </ul>
 */
final class DerbyUpkeep {
    private static final long SMALL_OCTETS = 16 << 20;
    /** Overwritten at most by one run; what is beyond is used again by the mail that comes. */
    private static final long MOST_OVERWRITTEN = 1L << 30;
    /** Written at least, so that Derby begins a new log file more than once; a log file is 1 MiB. */
    private static final long LEAST_WRITTEN = 4 << 20;

    private static final int ROW_OCTETS = 1 << 20;
    /** Rows on a page of an index that isn't worth mentioning; a full one has well over a hundred. */
    private static final int FEW_ROWS_A_PAGE = 20;

    private static final int ATTEMPTS = 5;
    private static final int DEEPEST = 10;
    private static final String ROLLED_BACK_BY_DATABASE = "40";
    private static final Logger LOGGER = LoggerFactory.getLogger(DerbyUpkeep.class);

    private static final String BODIES = "CHATMAIL_BODY";
    private static final String QUEUED_BODIES = "MAIL_QUEUE_BODY_CHUNK";
    private static final String SIZES = "SELECT ISINDEX, NUMALLOCATEDPAGES, NUMFREEPAGES, PAGESIZE"
            + " FROM TABLE (SYSCS_DIAG.SPACE_TABLE('%s', '%s')) sizes";

    private final Connection connection;

    /** @param connection commits by itself */
    DerbyUpkeep(Connection connection) {
        this.connection = connection;
    }

    void run(Pacer pacer) throws Exception {
        removeZeros(pacer);
        for (String table : tables()) {
            tryTo(pacer, () -> call("SYSCS_INPLACE_COMPRESS_TABLE", table, "1, 0, 0"));
            Size size = sizeOf(table);
            if (size.octets() <= SMALL_OCTETS || isMostlyEmpty(table, size)) {
                tryTo(pacer, () -> call("SYSCS_COMPRESS_TABLE", table, "0"));
            }
        }
        pacer.run(this::checkpoint);
        overwriteFreePages(pacer);
        pacer.run(this::checkpoint);
        pacer.run(this::checkpoint);
    }

    /**
     * A rebuild and a statement that is being compiled may each hold what the other wants. Derby lets one of them fail, after
     * a second: a delivery tries again, and so does this. What fails each time is left to the next upkeep.
     */
    private static void tryTo(Pacer pacer, Step step) throws Exception {
        boolean[] done = {false};
        for (int attempt = 0; attempt < ATTEMPTS && !done[0]; attempt++) {
            pacer.run(() -> done[0] = succeeds(step));
        }
    }

    private static boolean succeeds(Step step) throws SQLException {
        try {
            step.run();
            return true;
        } catch (SQLException e) {
            if (!isDeadlock(e)) {
                throw e;
            }
            LOGGER.debug("A table is in use, its upkeep is tried again", e);
            return false;
        }
    }

    /** What a procedure of Derby throws has a state of its own, and the deadlock somewhere below. */
    private static boolean isDeadlock(SQLException e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .anyMatch(cause -> cause instanceof SQLException sql
                        && String.valueOf(sql.getSQLState()).startsWith(ROLLED_BACK_BY_DATABASE));
    }

    private List<String> tables() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT t.TABLENAME FROM SYS.SYSTABLES t JOIN SYS.SYSSCHEMAS s"
                        + " ON s.SCHEMAID = t.SCHEMAID WHERE s.SCHEMANAME = CURRENT SCHEMA AND t.TABLETYPE = 'T'"
                        + " ORDER BY t.TABLENAME")) {
            List<String> tables = new ArrayList<>();
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
            return tables;
        }
    }

    /**
     * How large a table is.
     *
     * @param octets with its indexes and free pages
     * @param freeOctets of the table alone
     * @param indexPages of its largest index
     */
    private record Size(long octets, long freeOctets, long indexPages) {}

    private Size sizeOf(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SIZES.formatted(connection.getSchema(), table))) {
            long octets = 0;
            long free = 0;
            long indexPages = 0;
            while (rows.next()) {
                boolean isIndex = rows.getInt(1) == 1;
                octets += (rows.getLong(2) + rows.getLong(3)) * rows.getInt(4);
                free += isIndex ? 0 : rows.getLong(3) * rows.getInt(4);
                indexPages = isIndex ? Math.max(indexPages, rows.getLong(2)) : indexPages;
            }
            return new Size(octets, free, indexPages);
        }
    }

    private boolean isMostlyEmpty(String table, Size size) throws SQLException {
        if (table.equals(BODIES) || table.equals(QUEUED_BODIES)) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM \"" + table + "\"")) {
            row.next();
            return row.getLong(1) < size.indexPages() * FEW_ROWS_A_PAGE;
        }
    }

    /** The names are the database's own. */
    private void call(String procedure, String table, String arguments) throws SQLException {
        execute("CALL SYSCS_UTIL.%s('%s', '%s', %s)".formatted(procedure, connection.getSchema(), table, arguments));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void checkpoint() throws SQLException {
        execute("CALL SYSCS_UTIL.SYSCS_CHECKPOINT_DATABASE()");
    }

    /** Fills the free pages with zeros: Derby takes them before it makes the file longer. */
    private void overwriteFreePages(Pacer pacer) throws Exception {
        long free = Math.min(sizeOf(BODIES).freeOctets(), MOST_OVERWRITTEN);
        for (long written = 0; written < Math.max(free, LEAST_WRITTEN); written += ROW_OCTETS) {
            pacer.run(() -> insertZeros("INSERT INTO chatmail_body (id, refs, header, content) VALUES (?, 0, ?, ?)"));
        }
        removeZeros(pacer);
    }

    /** Under a number that no message has: theirs are above zero. */
    private void insertZeros(String sql) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, -ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
            insert.setBytes(2, new byte[1]);
            insert.setBytes(3, new byte[ROW_OCTETS]);
            insert.executeUpdate();
        }
    }

    /** Also those of a run that was killed. */
    private void removeZeros(Pacer pacer) throws Exception {
        List<Long> ids = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id FROM chatmail_body --DERBY-PROPERTIES constraint=CHATMAIL_BODY_PK\n WHERE id < 0")) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        for (Long id : ids) {
            pacer.run(() -> deleteBody(id));
        }
    }

    private void deleteBody(long id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM chatmail_body WHERE id = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
    }
}
