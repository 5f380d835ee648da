package org.jameschatmail.guice.mailbox;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Domain;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaLimitValue;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Quota;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What accounts may store, as {@code quota.storage} and WebAdmin set it, in the table that appends look into.
 * Thread-safe.
 */
@Singleton
final class JdbcMaxQuota implements MaxQuotaManager {
    private final MailboxDatabase database;
    private final StorageLimits limits;

    @Inject
    JdbcMaxQuota(MailboxDatabase database, StorageLimits limits) {
        this.database = database;
        this.limits = limits;
    }

    private AccountLimit read(String holder) {
        try {
            return database.read(connection -> StorageLimits.read(connection, holder));
        } catch (MailboxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void change(String holder, UnaryOperator<AccountLimit> change) throws MailboxException {
        database.change(connection -> {
            AccountLimit changed = change.apply(StorageLimits.read(connection, holder));
            StorageLimits.write(connection, holder, changed);
            return changed;
        });
        limits.forget(holder);
    }

    private void setOctets(String holder, Optional<QuotaSizeLimit> limit) throws MailboxException {
        change(holder, old -> new AccountLimit(limit.map(JdbcMaxQuota::toLong), old.messages()));
    }

    private void setMessages(String holder, Optional<QuotaCountLimit> limit) throws MailboxException {
        change(holder, old -> new AccountLimit(old.octets(), limit.map(JdbcMaxQuota::toLong)));
    }

    /** Unlimited is a limit that nothing reaches, for it has to win over a wider scope. */
    private static long toLong(QuotaLimitValue<?> limit) {
        return limit.isUnlimited() ? Long.MAX_VALUE : limit.asLong();
    }

    private static QuotaSizeLimit toSize(long octets) {
        return octets == Long.MAX_VALUE ? QuotaSizeLimit.unlimited() : QuotaSizeLimit.size(octets);
    }

    private static QuotaCountLimit toCount(long messages) {
        return messages == Long.MAX_VALUE ? QuotaCountLimit.unlimited() : QuotaCountLimit.count(messages);
    }

    private Optional<QuotaSizeLimit> octets(String holder) {
        return read(holder).octets().map(JdbcMaxQuota::toSize);
    }

    private Optional<QuotaCountLimit> messages(String holder) {
        return read(holder).messages().map(JdbcMaxQuota::toCount);
    }

    private static <T> Map<Quota.Scope, T> byScope(QuotaRoot root, Function<String, Optional<T>> limit) {
        Map<Quota.Scope, T> limits = new TreeMap<>();
        limit.apply(root.getValue()).ifPresent(value -> limits.put(Quota.Scope.User, value));
        root.getDomain()
                .flatMap(domain -> limit.apply(StorageLimits.holder(domain)))
                .ifPresent(value -> limits.put(Quota.Scope.Domain, value));
        limit.apply(StorageLimits.EVERYBODY).ifPresent(value -> limits.put(Quota.Scope.Global, value));
        return limits;
    }

    @Override
    public Map<Quota.Scope, QuotaSizeLimit> listMaxStorageDetails(QuotaRoot root) {
        return byScope(root, this::octets);
    }

    @Override
    public Map<Quota.Scope, QuotaCountLimit> listMaxMessagesDetails(QuotaRoot root) {
        return byScope(root, this::messages);
    }

    private static Mono<Void> blocking(Task task) {
        return StoreCalls.onWaitingThread(Mono.<Void>fromCallable(task));
    }

    private static <T> Mono<T> blockingRead(Callable<Optional<T>> read) {
        return StoreCalls.onWaitingThread(Mono.fromCallable(read)).flatMap(Mono::justOrEmpty);
    }

    /** Something that gives nothing back. */
    @FunctionalInterface
    private interface Task extends Callable<@Nullable Void> {
        void run() throws MailboxException;

        @Override
        default @Nullable Void call() throws MailboxException {
            run();
            return null;
        }
    }

    @Override
    public void setMaxStorage(QuotaRoot root, QuotaSizeLimit limit) throws MailboxException {
        setOctets(root.getValue(), Optional.of(limit));
    }

    @Override
    public Mono<Void> setMaxStorageReactive(QuotaRoot root, QuotaSizeLimit limit) {
        return blocking(() -> setMaxStorage(root, limit));
    }

    @Override
    public void removeMaxStorage(QuotaRoot root) throws MailboxException {
        setOctets(root.getValue(), Optional.empty());
    }

    @Override
    public Mono<Void> removeMaxStorageReactive(QuotaRoot root) {
        return blocking(() -> removeMaxStorage(root));
    }

    @Override
    public void setGlobalMaxStorage(QuotaSizeLimit limit) throws MailboxException {
        setOctets(StorageLimits.EVERYBODY, Optional.of(limit));
    }

    @Override
    public Mono<Void> setGlobalMaxStorageReactive(QuotaSizeLimit limit) {
        return blocking(() -> setGlobalMaxStorage(limit));
    }

    @Override
    public void removeGlobalMaxStorage() throws MailboxException {
        setOctets(StorageLimits.EVERYBODY, Optional.empty());
    }

    @Override
    public Mono<Void> removeGlobalMaxStorageReactive() {
        return blocking(() -> removeGlobalMaxStorage());
    }

    @Override
    public Optional<QuotaSizeLimit> getGlobalMaxStorage() {
        return octets(StorageLimits.EVERYBODY);
    }

    @Override
    public Mono<QuotaSizeLimit> getGlobalMaxStorageReactive() {
        return blockingRead(() -> getGlobalMaxStorage());
    }

    @Override
    public void setDomainMaxStorage(Domain domain, QuotaSizeLimit limit) throws MailboxException {
        setOctets(StorageLimits.holder(domain), Optional.of(limit));
    }

    @Override
    public Mono<Void> setDomainMaxStorageReactive(Domain domain, QuotaSizeLimit limit) {
        return blocking(() -> setDomainMaxStorage(domain, limit));
    }

    @Override
    public void removeDomainMaxStorage(Domain domain) throws MailboxException {
        setOctets(StorageLimits.holder(domain), Optional.empty());
    }

    @Override
    public Mono<Void> removeDomainMaxStorageReactive(Domain domain) {
        return blocking(() -> removeDomainMaxStorage(domain));
    }

    @Override
    public Optional<QuotaSizeLimit> getDomainMaxStorage(Domain domain) {
        return octets(StorageLimits.holder(domain));
    }

    @Override
    public Mono<QuotaSizeLimit> getDomainMaxStorageReactive(Domain domain) {
        return blockingRead(() -> getDomainMaxStorage(domain));
    }

    @Override
    public void setMaxMessage(QuotaRoot root, QuotaCountLimit limit) throws MailboxException {
        setMessages(root.getValue(), Optional.of(limit));
    }

    @Override
    public Mono<Void> setMaxMessageReactive(QuotaRoot root, QuotaCountLimit limit) {
        return blocking(() -> setMaxMessage(root, limit));
    }

    @Override
    public void removeMaxMessage(QuotaRoot root) throws MailboxException {
        setMessages(root.getValue(), Optional.empty());
    }

    @Override
    public Mono<Void> removeMaxMessageReactive(QuotaRoot root) {
        return blocking(() -> removeMaxMessage(root));
    }

    @Override
    public void setGlobalMaxMessage(QuotaCountLimit limit) throws MailboxException {
        setMessages(StorageLimits.EVERYBODY, Optional.of(limit));
    }

    @Override
    public Mono<Void> setGlobalMaxMessageReactive(QuotaCountLimit limit) {
        return blocking(() -> setGlobalMaxMessage(limit));
    }

    @Override
    public void removeGlobalMaxMessage() throws MailboxException {
        setMessages(StorageLimits.EVERYBODY, Optional.empty());
    }

    @Override
    public Mono<Void> removeGlobalMaxMessageReactive() {
        return blocking(() -> removeGlobalMaxMessage());
    }

    @Override
    public Optional<QuotaCountLimit> getGlobalMaxMessage() {
        return messages(StorageLimits.EVERYBODY);
    }

    @Override
    public Mono<QuotaCountLimit> getGlobalMaxMessageReactive() {
        return blockingRead(() -> getGlobalMaxMessage());
    }

    @Override
    public void setDomainMaxMessage(Domain domain, QuotaCountLimit limit) throws MailboxException {
        setMessages(StorageLimits.holder(domain), Optional.of(limit));
    }

    @Override
    public Mono<Void> setDomainMaxMessageReactive(Domain domain, QuotaCountLimit limit) {
        return blocking(() -> setDomainMaxMessage(domain, limit));
    }

    @Override
    public void removeDomainMaxMessage(Domain domain) throws MailboxException {
        setMessages(StorageLimits.holder(domain), Optional.empty());
    }

    @Override
    public Mono<Void> removeDomainMaxMessageReactive(Domain domain) {
        return blocking(() -> removeDomainMaxMessage(domain));
    }

    @Override
    public Optional<QuotaCountLimit> getDomainMaxMessage(Domain domain) {
        return messages(StorageLimits.holder(domain));
    }

    @Override
    public Mono<QuotaCountLimit> getDomainMaxMessageReactive(Domain domain) {
        return blockingRead(() -> getDomainMaxMessage(domain));
    }
}
