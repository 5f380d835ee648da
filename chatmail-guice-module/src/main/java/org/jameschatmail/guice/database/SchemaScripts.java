package org.jameschatmail.guice.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The numbered SQL scripts of one component: resources {@code schema-1.sql}, {@code schema-2.sql} and so on beside the
 * class {@code owner}. A script is a list of statements, each ended by a semicolon at the end of a line; it writes
 * <code>${binary}</code> and <code>${text}</code> for the column types whose names differ. A script that was shipped is
 * never edited: a change is the next number.
 *
 * <p>Each script runs in one transaction with the row that records it in {@code schema_version}, so a start that is
 * killed half-way is simply repeated. Not meant for several processes that start on an empty database at once.
 *
 * @param component the name under which the version is kept, at most 64 characters
 * @param owner the class beside which the scripts lie
 */
public record SchemaScripts(String component, Class<?> owner) {
    private static final Logger LOGGER = LoggerFactory.getLogger(SchemaScripts.class);

    /**
     * Runs the scripts that this database hasn't seen. Does nothing, at the cost of one query, when it has seen all.
     *
     * @throws IllegalStateException when the tables come from a newer version of this program
     */
    public void createTablesIfMissing(Transactions transactions) throws SQLException {
        transactions.change(connection -> {
            createVersionTableIfMissing(connection);
        });
        int version = transactions.<Integer, RuntimeException>run(this::readVersion);
        int newest = newestVersion();
        if (version > newest) {
            throw new IllegalStateException("The tables of '" + component + "' have version " + version
                    + ", and this program knows " + newest + " at most: run the program that made them");
        }
        for (int next = version + 1; next <= newest; next++) {
            run(transactions, next);
        }
    }

    private void run(Transactions transactions, int version) throws SQLException {
        transactions.change(connection -> {
            SqlDialect dialect = SqlDialect.of(connection);
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements(dialect.translate(script(version)))) {
                    statement.execute(sql);
                }
            }
            writeVersion(connection, version);
        });
        LOGGER.info("Tables of '{}' are at version {}", component, version);
    }

    private static void createVersionTableIfMissing(Connection connection) throws SQLException {
        if (versionTableExists(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE schema_version"
                    + " (component VARCHAR(64) NOT NULL PRIMARY KEY, version INTEGER NOT NULL)");
        }
    }

    /** Asks in the case the database folds unquoted names to, in the schema this connection works in. */
    private static boolean versionTableExists(Connection connection) throws SQLException {
        String name = connection.getMetaData().storesLowerCaseIdentifiers() ? "schema_version" : "SCHEMA_VERSION";
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), name, new String[] {"TABLE"})) {
            return tables.next();
        }
    }

    private int readVersion(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT version FROM schema_version WHERE component = ?")) {
            select.setString(1, component);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    private void writeVersion(Connection connection, int version) throws SQLException {
        String sql = version == 1
                ? "INSERT INTO schema_version (version, component) VALUES (?, ?)"
                : "UPDATE schema_version SET version = ? WHERE component = ?";
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            write.setInt(1, version);
            write.setString(2, component);
            write.executeUpdate();
        }
    }

    private int newestVersion() {
        int version = 0;
        while (owner.getResource(resourceName(version + 1)) != null) {
            version++;
        }
        return version;
    }

    private String script(int version) {
        try (@Nullable InputStream resource = owner.getResourceAsStream(resourceName(version))) {
            if (resource == null) {
                throw new IllegalStateException("No script " + resourceName(version) + " beside " + owner.getName());
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resourceName(int version) {
        return "schema-" + version + ".sql";
    }

    private static List<String> statements(String script) {
        String withoutComments = script.replaceAll("(?m)^--.*$", "");
        return Arrays.stream(withoutComments.split(";\\s*(?:\\R|$)"))
                .map(String::strip)
                .filter(sql -> !sql.isEmpty())
                .toList();
    }
}
