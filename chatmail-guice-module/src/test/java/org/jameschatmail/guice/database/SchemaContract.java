package org.jameschatmail.guice.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What {@link Schema} does to an empty database, to one it knows, and to one it should leave alone. */
interface SchemaContract {
    /** The same database for one test, without tables at first. */
    DataSource database();

    @Test
    default void scriptsShouldMakeTheTablesWhenTheDatabaseIsEmpty() throws SQLException {
        Schema.bringUpToDate(database());

        for (String table : List.of(
                "mail_queue_item", "chatmail_device_token", "chatmail_mailbox", "chatmail_message", "chatmail_body")) {
            assertThat(column("SELECT COUNT(*) FROM " + table)).containsExactly("0");
        }
    }

    @Test
    default void secondStartShouldRunNothing() throws SQLException {
        Schema.bringUpToDate(database());
        List<String> first = history();

        Schema.bringUpToDate(database());

        assertThat(history()).isEqualTo(first).hasSameSizeAs(Schema.SCRIPTS);
    }

    /** From each version there was, with what such a version may have written. */
    @Test
    default void rowsShouldStayWhenTheTablesAreThoseOfAnOlderProgram() throws SQLException {
        Flyway older = Migration.flyway(database());
        Flyway.configure()
                .configuration(older.getConfiguration())
                .target("3")
                .load()
                .migrate();
        assertThat(history()).hasSize(3);
        execute("INSERT INTO chatmail_mailbox VALUES (7, '#private', 'a@b.example', 'INBOX', 5, 1, 1, 1, 1, 0, 9, '')");
        execute("INSERT INTO chatmail_message VALUES (7, 1, 1, 99, 0, 0, 9, 4, 0, NULL)");
        for (int version = 4; version < Schema.SCRIPTS.size(); version++) {
            Flyway.configure()
                    .configuration(older.getConfiguration())
                    .target(String.valueOf(version))
                    .load()
                    .migrate();
            if (version == 8) {
                execute("INSERT INTO chatmail_last_login VALUES ('a@b.example', 12, 20000)");
            }
        }

        Schema.bringUpToDate(database());

        assertThat(history()).isEqualTo(Schema.SCRIPTS);
        assertThat(column("SELECT owner FROM chatmail_mailbox")).containsExactly("a@b.example");
        assertThat(column("SELECT body_id FROM chatmail_message")).containsExactly("99");
        assertThat(column("SELECT login_day FROM chatmail_last_login")).containsExactly("20000");
    }

    @Test
    default void tablesOfOthersShouldBeLetBe() throws SQLException {
        execute("CREATE TABLE james_user (user_name VARCHAR(100) NOT NULL PRIMARY KEY)");
        execute("INSERT INTO james_user VALUES ('somebody')");

        Schema.bringUpToDate(database());

        assertThat(column("SELECT user_name FROM james_user")).containsExactly("somebody");
        assertThat(column("SELECT COUNT(*) FROM chatmail_message")).containsExactly("0");
    }

    @Test
    default void startShouldBeRefusedWhenTheTablesAreThoseOfANewerProgram() throws SQLException {
        Schema.bringUpToDate(database());
        execute("""
                INSERT INTO "chatmail_schema_history"
                SELECT 999, '999', "description", "type", 'V999__later.sql', "checksum", "installed_by",
                    "installed_on", "execution_time", "success"
                FROM "chatmail_schema_history" WHERE "version" = '1'
                """);

        assertThatThrownBy(() -> Schema.bringUpToDate(database()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("V999__later.sql");
        assertThat(column("SELECT COUNT(*) FROM \"chatmail_schema_history\""))
                .containsExactly(String.valueOf(Schema.SCRIPTS.size() + 1));
    }

    @Test
    default void startShouldBeRefusedWhenAScriptIsNotTheOneThatWasRun() throws SQLException {
        Schema.bringUpToDate(database());
        execute("DELETE FROM \"chatmail_schema_history\" WHERE \"version\" = '3'");
        execute("UPDATE \"chatmail_schema_history\" SET \"checksum\" = 1 WHERE \"version\" = '1'");

        assertThatThrownBy(() -> Schema.bringUpToDate(database()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("checksum mismatch");
    }

    default List<String> history() throws SQLException {
        return column("SELECT \"script\" FROM \"chatmail_schema_history\" ORDER BY \"installed_rank\"");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> column(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
