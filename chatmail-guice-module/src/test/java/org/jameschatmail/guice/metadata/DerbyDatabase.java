package org.jameschatmail.guice.metadata;

import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.jameschatmail.guice.database.Schema;

/** An embedded Derby in memory, with empty tables. */
final class DerbyDatabase {
    private DerbyDatabase() {}

    static DataSource create() {
        System.setProperty("derby.stream.error.file", "target/derby.log");
        EmbeddedDataSource dataSource = new EmbeddedDataSource();
        dataSource.setDatabaseName("memory:" + UUID.randomUUID());
        dataSource.setCreateDatabase("create");
        try {
            Schema.bringUpToDate(dataSource);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return dataSource;
    }
}
