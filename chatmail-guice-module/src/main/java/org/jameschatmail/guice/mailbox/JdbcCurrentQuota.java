package org.jameschatmail.guice.mailbox;

import java.util.List;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.quota.QuotaCountUsage;
import org.apache.james.core.quota.QuotaSizeUsage;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.CurrentQuotas;
import org.apache.james.mailbox.model.QuotaOperation;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.CurrentQuotaManager;
import org.jameschatmail.guice.mailbox.StorageLimits.Usage;
import reactor.core.publisher.Mono;

/**
 * What accounts store: the sum over the rows of their mailboxes, which every change of a message keeps in its own
 * transaction. So there is nothing to increase or decrease from outside. Thread-safe.
 */
@Singleton
final class JdbcCurrentQuota implements CurrentQuotaManager {
    private final MailboxDatabase database;

    @Inject
    JdbcCurrentQuota(MailboxDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<QuotaCountUsage> getCurrentMessageCount(QuotaRoot quotaRoot) {
        return usage(quotaRoot).map(usage -> QuotaCountUsage.count(usage.messages()));
    }

    @Override
    public Mono<QuotaSizeUsage> getCurrentStorage(QuotaRoot quotaRoot) {
        return usage(quotaRoot).map(usage -> QuotaSizeUsage.size(usage.octets()));
    }

    @Override
    public Mono<CurrentQuotas> getCurrentQuotas(QuotaRoot quotaRoot) {
        return usage(quotaRoot)
                .map(usage -> new CurrentQuotas(
                        QuotaCountUsage.count(usage.messages()), QuotaSizeUsage.size(usage.octets())));
    }

    private Mono<Usage> usage(QuotaRoot quotaRoot) {
        return StoreCalls.onWaitingThread(Mono.fromCallable(() -> read(quotaRoot)));
    }

    /** A quota root is written as name space, ampersand, owner. */
    private Usage read(QuotaRoot quotaRoot) throws MailboxException {
        String[] parts = quotaRoot.getValue().split("&", 2);
        if (parts.length < 2) {
            return Usage.NOTHING;
        }
        return database.read(connection ->
                        StorageLimits.usage(MailboxRows.ofOwners(connection, parts[0], List.of(parts[1]))))
                .getOrDefault(parts[1], Usage.NOTHING);
    }

    @Override
    public Mono<Void> increase(QuotaOperation operation) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> decrease(QuotaOperation operation) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> setCurrentQuotas(QuotaOperation operation) {
        return Mono.empty();
    }
}
