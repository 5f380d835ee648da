package org.jameschatmail.guice.outgoing;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresOutgoingQueueTest implements OutgoingQueueContract {
    @RegisterExtension
    static final OutgoingDatabase DATABASE = OutgoingDatabase.postgres();

    @Override
    public OutgoingDatabase database() {
        return DATABASE;
    }
}
