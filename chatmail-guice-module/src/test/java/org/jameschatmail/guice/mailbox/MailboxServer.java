package org.jameschatmail.guice.mailbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.mail.Flags;
import javax.sql.DataSource;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.mailbox.store.StoreMailboxAnnotationManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.extractor.DefaultTextExtractor;
import org.apache.james.mailbox.store.mail.NaiveThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.mailbox.store.search.SimpleMessageSearchIndex;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.jameschatmail.core.configuration.QuotaConfiguration;

/** The mailboxes of a server on a database, with a bus that tells what happens in them. */
public final class MailboxServer {
    private final DataSource dataSource;
    private final Clock clock;
    private final FillingAccounts filling = new FillingAccounts();
    private final MailboxDatabase database;
    private final StorageLimits limits;
    private final MessageAppends appends;
    private final JdbcMapperFactory mappers;
    private final JdbcMailboxes mailboxes;
    private final OldMessages oldMessages;
    private final List<Event> events = new CopyOnWriteArrayList<>();

    public MailboxServer(DataSource dataSource, QuotaConfiguration quota, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.database = new MailboxDatabase(dataSource);
        this.limits = new StorageLimits(quota, filling);
        Bodies bodies = new Bodies();
        MessageWrites writes = new MessageWrites(bodies, limits, clock);
        this.appends = new MessageAppends(bodies, limits, clock);
        this.mappers = new JdbcMapperFactory(database, writes, bodies, new JdbcSequences(database));
        EventBus bus = new InVMEventBus(
                new InVmEventDelivery(new RecordingMetricFactory()),
                RetryBackoffConfiguration.DEFAULT,
                new MemoryEventDeadLetters());
        bus.register((EventListener.GroupEventListener) new Recorder(events));
        this.mailboxes = mailboxes(bus);
        this.oldMessages = new OldMessages(database, writes, bus);
    }

    private JdbcMailboxes mailboxes(EventBus bus) {
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

    /** A listener of all mailboxes. */
    private record Recorder(List<Event> events) implements EventListener.GroupEventListener {
        @Override
        public void event(Event event) {
            events.add(event);
        }

        @Override
        public Group getDefaultGroup() {
            return new RecorderGroup();
        }
    }

    /** Where the recorder is registered. */
    public static final class RecorderGroup extends Group {}

    /** Delivers to the INBOX of each, as the SMTP server does. */
    public void deliver(byte[] content, Flags flags, Username... owners) throws SQLException, OverQuotaException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                NewMessage message = new NewMessage(content, Math.min(content.length, 4), clock.instant(), flags);
                appends.appendToInboxes(connection, message, List.of(owners));
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** All messages of an INBOX, by UID. */
    public List<OldMessage> inbox(Username owner) throws MailboxException {
        List<OldMessage> all = new ArrayList<>();
        for (MailboxPlace mailbox : oldMessages.mailboxesOf(owner)) {
            if (mailbox.path().isInbox()) {
                all.addAll(oldMessages.oldest(mailbox.place(), Instant.ofEpochMilli(Long.MAX_VALUE), 100_000));
            }
        }
        return all;
    }

    public void createMailbox(Username owner, String name) throws MailboxException {
        mailboxes.createMailbox(MailboxPath.forUser(owner, name), mailboxes.createSystemSession(owner));
    }

    /** Moves all messages of an INBOX, as a client does. */
    public void moveAll(Username owner, String name) throws MailboxException {
        mailboxes.moveMessages(
                MessageRange.all(),
                MailboxPath.inbox(owner),
                MailboxPath.forUser(owner, name),
                mailboxes.createSystemSession(owner));
    }

    /** Limits all accounts. */
    public void limit(long octets) throws MailboxException {
        new JdbcMaxQuota(database, limits).setGlobalMaxStorage(QuotaSizeLimit.size(octets));
    }

    public OldMessages oldMessages() {
        return oldMessages;
    }

    public AccountMail accountMail() {
        return new AccountMail(database, limits, mailboxes);
    }

    public FillingAccounts filling() {
        return filling;
    }

    /** What the listeners were told, so far. */
    public List<Event> events() {
        return events;
    }
}
