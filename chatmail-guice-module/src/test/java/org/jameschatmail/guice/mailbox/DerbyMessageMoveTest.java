package org.jameschatmail.guice.mailbox;

import org.apache.james.mailbox.store.mail.model.MapperProvider;
import org.apache.james.mailbox.store.mail.model.MessageMoveTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class DerbyMessageMoveTest extends MessageMoveTest {
    @RegisterExtension
    static final MailboxStoreDatabase DATABASE = MailboxStoreDatabase.derby();

    @Override
    protected MapperProvider createMapperProvider() {
        return new JdbcMapperProvider(DATABASE.parts());
    }
}
