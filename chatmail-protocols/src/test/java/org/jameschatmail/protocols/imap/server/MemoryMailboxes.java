package org.jameschatmail.protocols.imap.server;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.james.core.Username;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.Registration;
import org.apache.james.events.RegistrationKey;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.Authenticator;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.InMemoryMailboxManager;
import org.apache.james.mailbox.inmemory.InMemoryMailboxSessionMapperFactory;
import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.apache.james.mailbox.inmemory.quota.InMemoryCurrentQuotaManager;
import org.apache.james.mailbox.inmemory.quota.InMemoryPerUserMaxQuotaManager;
import org.apache.james.mailbox.store.FakeAuthorizator;
import org.apache.james.mailbox.store.JVMMailboxPathLocker;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.mailbox.store.StoreAttachmentManager;
import org.apache.james.mailbox.store.StoreMailboxAnnotationManager;
import org.apache.james.mailbox.store.StoreMessageIdManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.extractor.DefaultTextExtractor;
import org.apache.james.mailbox.store.mail.NaiveThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mailbox.store.quota.CurrentQuotaCalculator;
import org.apache.james.mailbox.store.quota.DefaultUserQuotaRootResolver;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.mailbox.store.quota.StoreQuotaManager;
import org.apache.james.mailbox.store.search.SimpleMessageSearchIndex;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.jameschatmail.protocols.imap.selection.SteadyEventBus;
import reactor.core.publisher.Mono;

/** James' mailboxes in memory, with accounts that a test names and a database that it may take away. */
public final class MemoryMailboxes implements Authenticator {
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final MetricFactory metricFactory = new RecordingMetricFactory();
    private final AtomicInteger listeners = new AtomicInteger();
    private final EventBus eventBus = new CountingEventBus(metricFactory, listeners);
    private final InMemoryMailboxManager manager = createManager();
    private volatile boolean outOfReach;

    public void addAccount(String address, String password) {
        passwords.put(address, password);
    }

    /** Makes each check of a password fail, as when the database is down. */
    public void setOutOfReach(boolean outOfReach) {
        this.outOfReach = outOfReach;
    }

    public InMemoryMailboxManager manager() {
        return manager;
    }

    public EventBus eventBus() {
        return eventBus;
    }

    public MetricFactory metricFactory() {
        return metricFactory;
    }

    /** How many sessions listen to a mailbox. */
    public int listeners() {
        return listeners.get();
    }

    @Override
    public boolean isAuthentic(Username user, CharSequence password) throws MailboxException {
        if (outOfReach) {
            throw new MailboxException("Authentication database is down");
        }
        return password.toString().equals(passwords.get(user.asString()));
    }

    private InMemoryMailboxManager createManager() {
        Clock clock = Clock.systemUTC();
        InMemoryMailboxSessionMapperFactory mappers = new InMemoryMailboxSessionMapperFactory(clock);
        StoreRightManager rights = new StoreRightManager(mappers, new UnionMailboxACLResolver(), eventBus);
        SessionProviderImpl sessions = new SessionProviderImpl(this, FakeAuthorizator.defaultReject());
        DefaultUserQuotaRootResolver quotaRoots = new DefaultUserQuotaRootResolver(sessions, mappers);
        InMemoryPerUserMaxQuotaManager maxQuota = new InMemoryPerUserMaxQuotaManager();
        StoreQuotaManager quota = new StoreQuotaManager(
                new InMemoryCurrentQuotaManager(new CurrentQuotaCalculator(mappers, quotaRoots), sessions), maxQuota);
        PreDeletionHooks hooks = new PreDeletionHooks(Set.of(), metricFactory);
        StoreAttachmentManager attachments = new StoreAttachmentManager(
                mappers, new StoreMessageIdManager(rights, mappers, eventBus, quota, quotaRoots, hooks));
        return new InMemoryMailboxManager(
                mappers,
                sessions,
                new JVMMailboxPathLocker(),
                new MessageParser(),
                new InMemoryMessageId.Factory(),
                eventBus,
                new StoreMailboxAnnotationManager(mappers, rights, 10, 255),
                rights,
                new QuotaComponents(maxQuota, quota, quotaRoots),
                new SimpleMessageSearchIndex(mappers, mappers, new DefaultTextExtractor(), attachments),
                hooks,
                new NaiveThreadIdGuessingAlgorithm(),
                clock);
    }

    /** The event bus, which knows how many listen to a mailbox. */
    private static final class CountingEventBus extends SteadyEventBus {
        private final AtomicInteger listeners;

        CountingEventBus(MetricFactory metricFactory, AtomicInteger listeners) {
            super(
                    new InVmEventDelivery(metricFactory),
                    RetryBackoffConfiguration.DEFAULT,
                    new MemoryEventDeadLetters());
            this.listeners = listeners;
        }

        @Override
        public Mono<Registration> register(EventListener.ReactiveEventListener listener, RegistrationKey key) {
            return Mono.from(super.register(listener, key)).map(registration -> {
                listeners.incrementAndGet();
                return () -> Mono.from(registration.unregister()).then(Mono.fromRunnable(listeners::decrementAndGet));
            });
        }
    }
}
