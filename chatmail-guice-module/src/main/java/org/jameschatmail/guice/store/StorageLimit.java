package org.jameschatmail.guice.store;

import javax.inject.Inject;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.lifecycle.api.Startable;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.utils.InitializationOperation;
import org.jameschatmail.core.configuration.QuotaConfiguration;

/** Gives every account the storage of {@code quota.storage}, unless WebAdmin has given it another. */
public final class StorageLimit implements InitializationOperation {
    private final QuotaConfiguration quota;
    private final MaxQuotaManager limits;

    @Inject
    StorageLimit(QuotaConfiguration quota, MaxQuotaManager limits) {
        this.quota = quota;
        this.limits = limits;
    }

    @Override
    public void initModule() throws MailboxException {
        limits.setGlobalMaxStorage(QuotaSizeLimit.size(quota.storage()));
    }

    @Override
    public Class<? extends Startable> forClass() {
        return Startable.class;
    }
}
