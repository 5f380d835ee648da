package org.jameschatmail.guice.mailbox;

import org.apache.james.mailbox.store.user.SubscriptionMapper;
import org.apache.james.mailbox.store.user.SubscriptionMapperTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class DerbySubscriptionMapperTest extends SubscriptionMapperTest {
    @RegisterExtension
    static final MailboxStoreDatabase DATABASE = MailboxStoreDatabase.derby();

    @Override
    protected SubscriptionMapper createSubscriptionMapper() {
        return DATABASE.parts().mappers().createSubscriptionMapper(JdbcMapperProvider.SESSION);
    }
}
