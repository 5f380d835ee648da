package org.jameschatmail.guice.mailbox;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresMarkingTest implements MarkingContract {
    @RegisterExtension
    static final MailboxStoreDatabase DATABASE = MailboxStoreDatabase.postgres();

    @Override
    public MailboxStoreDatabase database() {
        return DATABASE;
    }
}
