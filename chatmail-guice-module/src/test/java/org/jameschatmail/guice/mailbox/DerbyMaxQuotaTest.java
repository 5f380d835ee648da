package org.jameschatmail.guice.mailbox;

import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.store.quota.GenericMaxQuotaManagerTest;
import org.jameschatmail.guice.mailbox.MailboxStoreDatabase.Parts;
import org.junit.jupiter.api.extension.RegisterExtension;

class DerbyMaxQuotaTest extends GenericMaxQuotaManagerTest {
    @RegisterExtension
    static final MailboxStoreDatabase DATABASE = MailboxStoreDatabase.derby();

    @Override
    protected MaxQuotaManager provideMaxQuotaManager() {
        Parts parts = DATABASE.parts();
        return new JdbcMaxQuota(parts.database(), parts.limits());
    }
}
