package org.jameschatmail.core.moving;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A database file of SQLite, read without SQLite: whole tables, columns that are texts. Nobody may write it meanwhile, and
 * nothing may wait in a journal beside it. Page after page is read, and a damaged file ends in an exception, never in a
 * loop. For one thread.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html">SQLite: database file format</a>
 */
public final class SqliteFile implements AutoCloseable {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 100;
    private static final int UTF_8 = 1;
    private static final int INTERIOR = 0x05;
    private static final int LEAF = 0x0d;
    /** No tree of 2^32 pages is deeper. */
    private static final int DEEPEST = 64;

    private static final int LONGEST_ROW = 1 << 20;

    private final FileChannel channel;
    private final int pageSize;
    private final int usable;
    private long pagesLeft;

    private SqliteFile(FileChannel channel) throws IOException {
        this.channel = channel;
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        boolean ended = false;
        while (header.hasRemaining() && !ended) {
            ended = channel.read(header, header.position()) < 0;
        }
        byte[] magic = new byte[MAGIC.length];
        header.flip().get(magic);
        int size = Short.toUnsignedInt(header.getShort(16));
        this.pageSize = size == 1 ? 1 << 16 : size;
        this.usable = pageSize - Byte.toUnsignedInt(header.get(20));
        if (!Arrays.equals(magic, MAGIC) || Integer.bitCount(pageSize) != 1 || pageSize < 512) {
            throw new IOException("it isn't a database of SQLite");
        }
        if (header.getInt(56) > UTF_8) {
            throw new IOException("its texts aren't in UTF-8");
        }
    }

    /** @throws IOException when it is none, or changes wait beside it; its message is for the person who named it */
    public static SqliteFile open(Path file) throws IOException {
        for (String suffix : List.of("-wal", "-journal")) {
            Path beside = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(beside) && Files.size(beside) > 0) {
                throw new IOException(
                        "%s holds changes that aren't in %s yet: stop the program that writes it; if the file stays, sqlite3 %s .schema clears it"
                                .formatted(beside, file.getFileName(), file));
            }
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new SqliteFile(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw damaged(file, e);
        }
    }

    private static IOException damaged(Path file, Exception cause) {
        String reason = cause instanceof IOException ? cause.getMessage() : "it is damaged, or only a part";
        return new IOException("%s can't be read: %s".formatted(file, reason), cause);
    }

    /**
     * The rows of a table, in the order of their numbers; a column is empty where it is no text.
     *
     * @throws IOException when there is no such table, or the file is damaged
     */
    public List<List<String>> rows(String table) throws IOException {
        pagesLeft = channel.size() / pageSize + 1;
        try {
            long root = 0;
            List<List<String>> schema = new ArrayList<>();
            List<Integer> roots = new ArrayList<>();
            read(1, 0, record -> {
                schema.add(record.texts());
                roots.add((int) record.number(3));
            });
            for (int index = 0; index < schema.size(); index++) {
                List<String> row = schema.get(index);
                if (row.size() >= 4 && row.get(0).equals("table") && row.get(1).equalsIgnoreCase(table)) {
                    root = Integer.toUnsignedLong(roots.get(index));
                }
            }
            if (root == 0) {
                throw new IOException("There is no table " + table + " in it");
            }
            List<List<String>> rows = new ArrayList<>();
            read(root, 0, record -> rows.add(record.texts()));
            return rows;
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("The file is damaged, or only a part", e);
        }
    }

    private ByteBuffer page(long number) throws IOException {
        if (number < 1 || --pagesLeft < 0) {
            throw new IOException("The file is damaged: a page is named that isn't there, or twice");
        }
        ByteBuffer page = ByteBuffer.allocate(pageSize);
        long from = (number - 1) * pageSize;
        while (page.hasRemaining()) {
            if (channel.read(page, from + page.position()) < 0) {
                throw new IOException("The file is damaged: it ends too early");
            }
        }
        return page.flip();
    }

    private void read(long number, int depth, Consumer<SqliteRecord> rows) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("The file is damaged: a tree is too deep");
        }
        ByteBuffer page = page(number);
        int start = number == 1 ? HEADER : 0;
        int type = page.get(start);
        int cells = Short.toUnsignedInt(page.getShort(start + 3));
        if (type != INTERIOR && type != LEAF) {
            throw new IOException("The file is damaged: a page is of another kind");
        }
        int pointers = start + (type == INTERIOR ? 12 : 8);
        for (int index = 0; index < cells; index++) {
            page.position(Short.toUnsignedInt(page.getShort(pointers + 2 * index)));
            if (type == INTERIOR) {
                read(Integer.toUnsignedLong(page.getInt()), depth + 1, rows);
            } else {
                rows.accept(SqliteRecord.of(payload(page)));
            }
        }
        if (type == INTERIOR) {
            read(Integer.toUnsignedLong(page.getInt(start + 8)), depth + 1, rows);
        }
    }

    /** What a row holds, of which a long one has more on pages of their own. */
    private ByteBuffer payload(ByteBuffer page) throws IOException {
        long length = SqliteRecord.number(page);
        SqliteRecord.number(page);
        if (length < 0 || length > LONGEST_ROW) {
            throw new IOException("A row is longer than " + LONGEST_ROW + " octets");
        }
        int here = here((int) length);
        byte[] first = new byte[here];
        page.get(first);
        if (here == length) {
            return ByteBuffer.wrap(first);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(first);
        long next = Integer.toUnsignedLong(page.getInt());
        while (whole.size() < length) {
            ByteBuffer more = page(next);
            next = Integer.toUnsignedLong(more.getInt());
            byte[] part = new byte[(int) Math.min(length - whole.size(), usable - 4)];
            more.get(part);
            whole.writeBytes(part);
        }
        return ByteBuffer.wrap(whole.toByteArray());
    }

    private int here(int length) {
        int most = usable - 35;
        if (length <= most) {
            return length;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        int part = least + (length - least) % (usable - 4);
        return part <= most ? part : least;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
