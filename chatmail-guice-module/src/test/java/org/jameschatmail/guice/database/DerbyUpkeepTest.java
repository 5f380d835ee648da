package org.jameschatmail.guice.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.jameschatmail.guice.database.Upkeep.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a database on disk, for what counts is in its files. */
class DerbyUpkeepTest {
    private static final String MARK = "these bytes are to be forgotten";
    private static final int LARGE = 400_000;
    private static final int SMALL = 6_000;

    @TempDir
    private Path folder;

    private final EmbeddedDataSource database = new EmbeddedDataSource();

    @BeforeEach
    void create() throws SQLException {
        System.setProperty("derby.stream.error.file", "target/derby.log");
        database.setDatabaseName(folder.resolve("database").toString());
        database.setCreateDatabase("create");
        Schema.bringUpToDate(database);
    }

    @AfterEach
    void shutDown() {
        database.setShutdownDatabase("shutdown");
        try {
            database.getConnection().close();
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("08006");
        }
    }

    private void insertBodies(int first, int count, int octets, String mark) throws SQLException {
        byte[] content = (mark + " ").repeat(octets / (mark.length() + 1)).getBytes(StandardCharsets.US_ASCII);
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO chatmail_body VALUES (?, 1, ?, ?)")) {
            for (int id = first; id < first + count; id++) {
                insert.setLong(1, id);
                insert.setBytes(2, Arrays.copyOf(content, 100));
                insert.setBytes(3, content);
                insert.executeUpdate();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void keepUp() throws Exception {
        new Upkeep(database).run(Step::run);
    }

    private boolean isFound(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).anyMatch(file -> holds(file, text));
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void bodiesShouldBeUnreadableWhenTheTableIsTooLargeToRebuild() throws Exception {
        insertBodies(1, 30, LARGE, "something that stays");
        insertBodies(100, 60, SMALL, "something that stays");
        insertBodies(1000, 30, LARGE, MARK);
        insertBodies(2000, 300, SMALL, MARK);
        assertThat(isFound(MARK)).isTrue();
        execute("DELETE FROM chatmail_body WHERE id >= 1000");

        keepUp();

        assertThat(isFound(MARK)).isFalse();
        assertThat(isFound("something that stays")).isTrue();
        assertThat(number("SELECT COUNT(*) FROM chatmail_body")).isEqualTo(90);
    }

    @Test
    void addressesShouldBeUnreadableInTablesAndIndexes() throws Exception {
        for (int account = 0; account < 2000; account++) {
            String name = account % 5 == 0 ? MARK : "who stays";
            execute("INSERT INTO chatmail_last_login VALUES ('%s %d', %d, 1)"
                    .formatted(name, account, account * 7919L));
        }
        assertThat(isFound(MARK)).isTrue();
        execute("DELETE FROM chatmail_last_login WHERE MOD(place / 7919, 5) = 0");

        keepUp();

        assertThat(isFound(MARK)).isFalse();
        assertThat(isFound("who stays")).isTrue();
    }

    @Test
    void zerosOfAKilledRunShouldGo() throws Exception {
        execute("INSERT INTO chatmail_body VALUES (-5, 0, CAST(X'00' AS BLOB), CAST(X'00' AS BLOB))");

        keepUp();

        assertThat(number("SELECT COUNT(*) FROM chatmail_body")).isZero();
    }
}
