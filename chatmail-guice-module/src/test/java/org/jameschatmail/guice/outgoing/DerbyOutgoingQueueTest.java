package org.jameschatmail.guice.outgoing;

import org.junit.jupiter.api.extension.RegisterExtension;

class DerbyOutgoingQueueTest implements OutgoingQueueContract {
    @RegisterExtension
    static final OutgoingDatabase DATABASE = OutgoingDatabase.derby();

    @Override
    public OutgoingDatabase database() {
        return DATABASE;
    }
}
