package org.jameschatmail.guice.database;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.core.api.pattern.ValidatePattern;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the scripts of {@link Schema} by Flyway, whose classes are loaded with this one and not before. */
final class Migration {
    private static final Logger LOGGER = LoggerFactory.getLogger(Migration.class);

    /** Any number that nobody else locks in a database of ours: the octets of "chatmail". */
    private static final String LOCK_NUMBER = "(7163082360011975020)";

    private Migration() {}

    /** @throws SQLException when a script fails, was edited, or is of a newer version of this program */
    static void run(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (SqlDialect.of(connection) == SqlDialect.POSTGRESQL) {
                runAlone(connection, dataSource);
            } else {
                migrate(dataSource);
            }
        }
    }

    /** Flyway's own lock begins only when its table is there, and two servers that make it trip over one another. */
    private static void runAlone(Connection connection, DataSource dataSource) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock" + LOCK_NUMBER);
            try {
                migrate(dataSource);
            } finally {
                statement.execute("SELECT pg_advisory_unlock" + LOCK_NUMBER);
            }
        }
    }

    private static void migrate(DataSource dataSource) throws SQLException {
        try {
            MigrateResult result = flyway(dataSource).migrate();
            LOGGER.info("{} scripts run for the tables of the database", result.migrationsExecuted);
        } catch (FlywayValidateException e) {
            throw new SQLException("Another version of this program made the tables: " + e.getMessage(), e);
        } catch (FlywayException e) {
            throw new SQLException("The tables can't be made: " + e.getMessage(), e);
        }
    }

    static Flyway flyway(DataSource dataSource) throws SQLException {
        return Flyway.configure(Migration.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(dataSource)
                .table(Schema.HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .ignoreMigrationPatterns(new ValidatePattern[0])
                .placeholders(columnTypes(dataSource))
                .resourceProvider(new Scripts())
                .javaMigrationClassProvider(List::of)
                .skipDefaultCallbacks(true)
                .load();
    }

    private static Map<String, String> columnTypes(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return SqlDialect.of(connection).columnTypes();
        }
    }

    /** Gives Flyway the scripts by name, so that it doesn't search the class path. */
    private static final class Scripts implements ResourceProvider {
        @Override
        public @Nullable LoadableResource getResource(String name) {
            return Schema.SCRIPTS.contains(name) ? new Script(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return Schema.SCRIPTS.stream()
                    .filter(name ->
                            name.startsWith(prefix) && Arrays.stream(suffixes).anyMatch(name::endsWith))
                    .<LoadableResource>map(Script::new)
                    .toList();
        }
    }

    private static final class Script extends LoadableResource {
        private final String name;

        Script(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            InputStream content = Objects.requireNonNull(Schema.class.getResourceAsStream(name), name);
            return new InputStreamReader(content, StandardCharsets.UTF_8);
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }
    }
}
