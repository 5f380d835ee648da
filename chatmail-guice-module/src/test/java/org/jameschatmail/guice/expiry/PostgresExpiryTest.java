package org.jameschatmail.guice.expiry;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresExpiryTest implements ExpiryContract {
    @RegisterExtension
    final ExpiryServer server = ExpiryServer.postgres();

    @Override
    public ExpiryServer server() {
        return server;
    }
}
