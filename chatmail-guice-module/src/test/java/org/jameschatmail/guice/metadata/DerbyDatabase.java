package org.jameschatmail.guice.metadata;

import java.util.UUID;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;

/** An embedded Derby in memory, with nothing in it. */
final class DerbyDatabase {
    private DerbyDatabase() {}

    static DataSource create() {
        System.setProperty("derby.stream.error.file", "target/derby.log");
        EmbeddedDataSource dataSource = new EmbeddedDataSource();
        dataSource.setDatabaseName("memory:" + UUID.randomUUID());
        dataSource.setCreateDatabase("create");
        return dataSource;
    }
}
