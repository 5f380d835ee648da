package org.jameschatmail.guice.mailbox;

import com.codahale.metrics.MetricRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.mail.Flags;
import javax.sql.DataSource;
import org.apache.james.core.Username;
import org.apache.james.events.EventBus;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.mailbox.store.StoreMailboxAnnotationManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.extractor.DefaultTextExtractor;
import org.apache.james.mailbox.store.mail.NaiveThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.mailbox.store.search.SimpleMessageSearchIndex;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.jameschatmail.core.configuration.QuotaConfiguration;

/** The mailboxes of a server without its doors: what delivers, and what finds and removes old messages. */
public final class BenchmarkedMailboxes {
    private final DataSource dataSource;
    private final MessageAppends appends;
    private final OldMessages oldMessages;
    private final AccountMail accountMail;

    public BenchmarkedMailboxes(DataSource dataSource) {
        this.dataSource = dataSource;
        Clock clock = Clock.systemUTC();
        MailboxDatabase database = new MailboxDatabase(dataSource);
        StorageLimits limits = new StorageLimits(QuotaConfiguration.DEFAULT, new FillingAccounts());
        Bodies bodies = new Bodies();
        MessageWrites writes = new MessageWrites(bodies, limits, clock);
        this.appends = new MessageAppends(bodies, limits, clock);
        EventBus bus = new InVMEventBus(
                new InVmEventDelivery(new DropWizardMetricFactory(new MetricRegistry())),
                RetryBackoffConfiguration.DEFAULT,
                new MemoryEventDeadLetters());
        JdbcMapperFactory mappers = new JdbcMapperFactory(database, writes, bodies, new JdbcSequences(database));
        this.oldMessages = new OldMessages(database, writes, bus);
        this.accountMail = new AccountMail(database, limits, mailboxes(mappers, bus, clock));
    }

    private static JdbcMailboxes mailboxes(JdbcMapperFactory mappers, EventBus bus, Clock clock) {
        SessionProviderImpl sessions = new SessionProviderImpl(null, null);
        StoreRightManager rights = new StoreRightManager(mappers, new UnionMailboxACLResolver(), bus);
        return new JdbcMailboxes(
                mappers,
                sessions,
                new MessageParser(),
                new JdbcMessageId.Factory(),
                bus,
                new StoreMailboxAnnotationManager(mappers, rights, 10, 100),
                rights,
                QuotaComponents.disabled(sessions, mappers),
                new SimpleMessageSearchIndex(mappers, mappers, new DefaultTextExtractor(), new NoAttachments()),
                new NaiveThreadIdGuessingAlgorithm(),
                clock);
    }

    /** Delivers one message to one account. */
    public void deliver(byte[] content, int header, Instant arrival, Username owner)
            throws SQLException, OverQuotaException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            appends.appendToInboxes(connection, new NewMessage(content, header, arrival, new Flags()), List.of(owner));
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    public OldMessages oldMessages() {
        return oldMessages;
    }

    public AccountMail accountMail() {
        return accountMail;
    }
}
