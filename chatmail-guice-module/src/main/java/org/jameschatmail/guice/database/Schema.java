package org.jameschatmail.guice.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * All tables of ours, as SQL scripts beside this class. Flyway runs those that a database hasn't seen, each in a
 * transaction of its own, and remembers them in the table {@value #HISTORY}. The tables of JPA entities are OpenJPA's.
 *
 * <p>A new table or a change of one is the next script, and its name in {@link #SCRIPTS}. It writes
 * <code>${binary}</code> and <code>${text}</code> for the column types whose names differ. A script that was shipped is
 * never edited: Flyway compares what was run with what there is, and refuses to go on when they differ.
 *
 * <p>Servers that start at once on one PostgreSQL wait for each other. A start that is killed half-way is repeated.
 */
public final class Schema {
    static final String HISTORY = "chatmail_schema_history";

    /** In the order of their versions. Named here, for looking for them in 200 jars is slow. */
    static final List<String> SCRIPTS = List.of(
            "V1__mail_queue.sql",
            "V2__metadata.sql",
            "V3__mailbox.sql",
            "V4__push.sql",
            "V5__cleartext.sql",
            "V6__entity_tables.sql",
            "V7__outgoing.sql",
            "V8__expiry.sql",
            "V9__push_keys.sql",
            "V10__administration.sql",
            "V11__admin_tokens.sql",
            "V12__recent_delivery.sql");

    private Schema() {}

    /**
     * Makes and changes the tables as this program wants them; tables of others are let be. When all scripts were run
     * before, this is one query, and Flyway isn't loaded.
     *
     * @param dataSource gives at least three connections at once
     * @throws SQLException when a script fails, or the tables come from a newer version of this program
     */
    public static void bringUpToDate(DataSource dataSource) throws SQLException {
        List<String> run = scriptsRun(dataSource);
        Optional<String> unknown =
                run.stream().filter(script -> !SCRIPTS.contains(script)).findFirst();
        if (unknown.isPresent()) {
            throw new SQLException(
                    "it is of a newer version of this program, which has run %s: start that version, or restore a backup of this one"
                            .formatted(unknown.get()));
        }
        if (!run.equals(SCRIPTS)) {
            Migration.run(dataSource);
        }
    }

    private static List<String> scriptsRun(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (!historyExists(connection)) {
                return List.of();
            }
            // Flyway quotes its names, so they are lower case in every database.
            try (PreparedStatement select = connection.prepareStatement("SELECT \"script\" FROM \"" + HISTORY
                            + "\" WHERE \"type\" = 'SQL' AND \"success\" = TRUE ORDER BY \"installed_rank\"");
                    ResultSet rows = select.executeQuery()) {
                List<String> scripts = new ArrayList<>();
                while (rows.next()) {
                    scripts.add(rows.getString(1));
                }
                return scripts;
            }
        }
    }

    private static boolean historyExists(Connection connection) throws SQLException {
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), HISTORY, new String[] {"TABLE"})) {
            return tables.next();
        }
    }
}
