package org.jameschatmail.guice.push;

import org.junit.jupiter.api.extension.RegisterExtension;

class DerbyPushQueueTest implements PushQueueContract {
    @RegisterExtension
    static final PushDatabase DATABASE = PushDatabase.derby();

    @Override
    public PushDatabase database() {
        return DATABASE;
    }
}
