package org.jameschatmail.integration.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An empty PostgreSQL on a free port of the loopback for all tests of a class and of those nested in it. Registered before the
 * {@link ChatmailServerExtension} whose server is to use it.
 */
public final class PostgresExtension implements BeforeAllCallback, AfterAllCallback {
    private static final String NAME = "postgres";

    private @Nullable EmbeddedPostgres postgres;

    /** That run now: JUnit asks for each nested class again. */
    private int classes;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (classes++ == 0) {
            postgres = EmbeddedPostgres.start();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (--classes == 0 && postgres != null) {
            postgres.close();
        }
    }

    /** The settings of a server that stores all in this database. */
    public ServerSettings storeOf(ServerSettings settings) {
        EmbeddedPostgres running =
                Objects.requireNonNull(postgres, "runs from before the first test to after the last");
        return settings.set("store.url", running.getJdbcUrl(NAME, NAME));
    }
}
