package org.jameschatmail.core.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that sqlite3 3.40.1 made. {@code credentials.db} has 512 octets a page, 500 rows in the table of maddy, some of
 * them of 3000 octets, every seventh one deleted, and other tables, indexes and a view beside it:
 *
 * <pre>{@code
 * PRAGMA page_size = 512;
 * CREATE TABLE other (id INTEGER PRIMARY KEY, x BLOB);
 * CREATE TABLE IF NOT EXISTS passwords (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL);
 * CREATE VIEW v AS SELECT key FROM passwords;
 * WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
 *     INSERT INTO passwords SELECT printf('user%04d@chat.example', i),
 *         CASE WHEN i % 100 = 0 THEN printf('%.*c', 3000, 'x')
 *             WHEN i % 3 = 0 THEN printf('%.*c', 400 + i % 150, 'x') ELSE 'bcrypt:' || i || 'ü' END FROM n;
 * DELETE FROM passwords WHERE rowid % 7 = 0;
 * INSERT INTO other VALUES (1, x'00'), (-5, NULL), (9000000000, 1.5);
 * }</pre>
 */
class SqliteFileTest {
    @TempDir
    private Path folder;

    private Path copy() throws IOException {
        Path file = folder.resolve("credentials.db");
        try (InputStream made =
                Objects.requireNonNull(SqliteFileTest.class.getResourceAsStream("/moving/credentials.db"))) {
            Files.write(file, made.readAllBytes());
        }
        return file;
    }

    private static List<List<String>> rows(Path file, String table) throws IOException {
        try (SqliteFile database = SqliteFile.open(file)) {
            return database.rows(table);
        }
    }

    @Test
    void rowsShouldBeThoseThatSqliteWrote() throws IOException {
        List<List<String>> expected = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            if (i % 7 != 0) {
                String value = i % 3 == 0 ? "x".repeat(400 + i % 150) : "bcrypt:" + i + "ü";
                expected.add(List.of("user%04d@chat.example".formatted(i), i % 100 == 0 ? "x".repeat(3000) : value));
            }
        }

        assertThat(rows(copy(), "passwords")).isEqualTo(expected);
        assertThat(rows(copy(), "Passwords")).hasSameSizeAs(expected);
    }

    @Test
    void columnsShouldBeEmptyWhenTheyAreNoTexts() throws IOException {
        assertThat(rows(copy(), "other")).hasSize(3).allMatch(row -> row.equals(List.of("", "")));
    }

    @Test
    void fileShouldBeRefusedWhenTheTableIsMissingOrIsNoTable() throws IOException {
        Path file = copy();

        assertThatThrownBy(() -> rows(file, "users")).hasMessageContaining("no table users");
        assertThatThrownBy(() -> rows(file, "v")).hasMessageContaining("no table v");
    }

    @Test
    void fileShouldBeRefusedWhenChangesWaitBesideIt() throws IOException {
        Path file = copy();
        Path beside = Files.write(folder.resolve("credentials.db-wal"), new byte[0]);
        assertThat(rows(file, "other")).hasSize(3);

        Files.write(beside, new byte[32]);
        assertThatThrownBy(() -> rows(file, "other"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("aren't in credentials.db yet");
    }

    @Test
    void fileShouldBeRefusedWhenItIsNoDatabase() throws IOException {
        Path file = folder.resolve("rubbish.db");
        for (byte[] content : List.of(new byte[0], new byte[50], new byte[100], new byte[5000])) {
            Files.write(file, content);
            assertThatThrownBy(() -> rows(file, "passwords"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("can't be read");
        }
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void damageShouldEndInRowsOrAnIoException() throws IOException {
        byte[] good = Files.readAllBytes(copy());
        Random random = new Random(20_261_123);
        Path file = folder.resolve("damaged.db");
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] bad = good.clone();
            for (int change = random.nextInt(30); change >= 0; change--) {
                bad[16 + random.nextInt(random.nextBoolean() ? 3000 : bad.length - 16)] = (byte) random.nextInt();
            }
            Files.write(file, random.nextInt(10) == 0 ? Arrays.copyOf(bad, random.nextInt(bad.length)) : bad);
            try {
                rows(file, "passwords");
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 1990);
    }
}
