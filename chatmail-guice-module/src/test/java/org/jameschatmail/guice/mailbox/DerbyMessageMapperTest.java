package org.jameschatmail.guice.mailbox;

import org.apache.james.mailbox.store.mail.model.MapperProvider;
import org.apache.james.mailbox.store.mail.model.MessageMapperTest;
import org.apache.james.utils.UpdatableTickingClock;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(PropertiesAreNotKept.class)
class DerbyMessageMapperTest extends MessageMapperTest {
    @RegisterExtension
    static final MailboxStoreDatabase DATABASE = MailboxStoreDatabase.derby();

    @Override
    protected MapperProvider createMapperProvider() {
        return new JdbcMapperProvider(DATABASE.parts());
    }

    @Override
    protected UpdatableTickingClock updatableTickingClock() {
        return DATABASE.clock();
    }
}
