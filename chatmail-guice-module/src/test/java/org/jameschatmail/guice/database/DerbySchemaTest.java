package org.jameschatmail.guice.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.Test;

class DerbySchemaTest implements SchemaContract {
    static {
        System.setProperty("derby.stream.error.file", "target/derby.log");
    }

    private final EmbeddedDataSource database = new EmbeddedDataSource();

    DerbySchemaTest() {
        database.setDatabaseName("memory:" + UUID.randomUUID());
        database.setCreateDatabase("create");
    }

    @Override
    public DataSource database() {
        return database;
    }

    @Test
    void everyScriptShouldBeNamed() throws IOException {
        Path folder = Path.of("src/main/resources/org/jameschatmail/guice/database");
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            assertThat(Schema.SCRIPTS).containsExactlyInAnyOrderElementsOf(names);
        }
    }
}
