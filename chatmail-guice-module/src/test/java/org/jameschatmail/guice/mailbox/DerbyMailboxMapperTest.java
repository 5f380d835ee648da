package org.jameschatmail.guice.mailbox;

import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.apache.james.mailbox.store.mail.model.MailboxMapperTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class DerbyMailboxMapperTest extends MailboxMapperTest {
    @RegisterExtension
    static final MailboxStoreDatabase DATABASE = MailboxStoreDatabase.derby();

    @Override
    protected MailboxMapper createMailboxMapper() {
        return new JdbcMapperProvider(DATABASE.parts()).createMailboxMapper();
    }

    @Override
    protected MailboxId generateId() {
        return JdbcMailboxId.random();
    }
}
