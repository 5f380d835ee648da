package org.jameschatmail.guice.push;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresPushSenderTest extends PushSenderContract {
    @RegisterExtension
    static final PushDatabase DATABASE = PushDatabase.postgres();

    @Override
    public PushDatabase database() {
        return DATABASE;
    }
}
