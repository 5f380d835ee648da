package org.jameschatmail.guice.delivery;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.jameschatmail.guice.database.Schema;
import org.jameschatmail.protocols.imap.metadata.AdvancingClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database of its own for each test. */
final class DeliveryDatabase implements BeforeEachCallback, AfterEachCallback {
    private final boolean onPostgres;
    private final AdvancingClock clock = new AdvancingClock();
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable BasicDataSource pool;

    private DeliveryDatabase(boolean onPostgres) {
        this.onPostgres = onPostgres;
    }

    static DeliveryDatabase derby() {
        return new DeliveryDatabase(false);
    }

    static DeliveryDatabase postgres() {
        return new DeliveryDatabase(true);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        pool = new BasicDataSource();
        if (onPostgres) {
            postgres = EmbeddedPostgres.start();
            pool.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
        } else {
            pool.setUrl("jdbc:derby:memory:" + UUID.randomUUID() + ";create=true");
        }
        Schema.bringUpToDate(pool);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        pool.close();
        if (postgres != null) {
            postgres.close();
        }
    }

    AdvancingClock clock() {
        return clock;
    }

    DataSource dataSource() {
        return pool;
    }

    /** How many deliveries are remembered. */
    long rows() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM chatmail_recent_delivery")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
