package org.jameschatmail.guice.mailbox;

import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.mail.AnnotationMapper;
import org.apache.james.mailbox.store.mail.model.AnnotationMapperTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class DerbyAnnotationMapperTest extends AnnotationMapperTest {
    @RegisterExtension
    static final MailboxStoreDatabase DATABASE = MailboxStoreDatabase.derby();

    @Override
    protected AnnotationMapper createAnnotationMapper() {
        return DATABASE.parts().mappers().createAnnotationMapper(JdbcMapperProvider.SESSION);
    }

    @Override
    protected MailboxId generateMailboxId() {
        return JdbcMailboxId.random();
    }
}
