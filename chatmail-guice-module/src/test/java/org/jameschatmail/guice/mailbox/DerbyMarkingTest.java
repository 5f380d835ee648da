package org.jameschatmail.guice.mailbox;

import org.junit.jupiter.api.extension.RegisterExtension;

class DerbyMarkingTest implements MarkingContract {
    @RegisterExtension
    static final MailboxStoreDatabase DATABASE = MailboxStoreDatabase.derby();

    @Override
    public MailboxStoreDatabase database() {
        return DATABASE;
    }
}
