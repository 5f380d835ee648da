package org.jameschatmail.guice.expiry;

import org.junit.jupiter.api.extension.RegisterExtension;

class DerbyExpiryTest implements ExpiryContract {
    @RegisterExtension
    final ExpiryServer server = ExpiryServer.derby();

    @Override
    public ExpiryServer server() {
        return server;
    }
}
