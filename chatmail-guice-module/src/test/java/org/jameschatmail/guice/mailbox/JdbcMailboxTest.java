package org.jameschatmail.guice.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.events.EventBus;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.mailbox.store.StoreMailboxAnnotationManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.extractor.DefaultTextExtractor;
import org.apache.james.mailbox.store.mail.NaiveThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.mailbox.store.search.SimpleMessageSearchIndex;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.jameschatmail.guice.mailbox.MailboxStoreDatabase.Parts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;

class JdbcMailboxTest {
    private static final Username ALICE = Username.of("alice@example.org");
    private static final SearchQuery ALL = SearchQuery.of(SearchQuery.all());

    @RegisterExtension
    static final MailboxStoreDatabase DATABASE = MailboxStoreDatabase.derby();

    private JdbcMailboxes mailboxes;
    private MailboxSession session;

    @BeforeEach
    void openMailboxes() throws Exception {
        JdbcMapperFactory mappers = DATABASE.parts().mappers();
        EventBus events = new InVMEventBus(
                new InVmEventDelivery(new RecordingMetricFactory()),
                RetryBackoffConfiguration.DEFAULT,
                new MemoryEventDeadLetters());
        SessionProviderImpl sessions = new SessionProviderImpl(null, null);
        StoreRightManager rights = new StoreRightManager(mappers, new UnionMailboxACLResolver(), events);
        mailboxes = new JdbcMailboxes(
                mappers,
                sessions,
                new MessageParser(),
                new JdbcMessageId.Factory(),
                events,
                new StoreMailboxAnnotationManager(mappers, rights, 10, 100),
                rights,
                QuotaComponents.disabled(sessions, mappers),
                new SimpleMessageSearchIndex(mappers, mappers, new DefaultTextExtractor(), new NoAttachments()),
                new NaiveThreadIdGuessingAlgorithm(),
                DATABASE.clock());
        session = mailboxes.createSystemSession(ALICE);
        mailboxes.createMailbox(MailboxPath.inbox(ALICE), session);
    }

    private static void deliver() throws Exception {
        Parts parts = DATABASE.parts();
        try (Connection connection = DATABASE.connect()) {
            connection.setAutoCommit(false);
            NewMessage message = new NewMessage(new byte[10], 4, Instant.EPOCH, new Flags());
            parts.appends().appendToInboxes(connection, message, List.of(ALICE));
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private List<MessageUid> list(MessageManager inbox) throws Exception {
        return Flux.from(inbox.search(ALL, session)).collectList().block();
    }

    private MailboxMetaData metaData(MessageManager inbox) throws Exception {
        return inbox.getMetaData(MailboxMetaData.RecentMode.IGNORE, session, EnumSet.allOf(MailboxMetaData.Item.class));
    }

    @Test
    void mailboxShouldTellWhereItStandsWhenItIsAskedAgain() throws Exception {
        MessageManager inbox = mailboxes.getMailbox(MailboxPath.inbox(ALICE), session);
        list(inbox);
        metaData(inbox);
        deliver();

        MailboxMetaData told = metaData(inbox);

        assertThat(told.getMessageCount()).isEqualTo(1);
        assertThat(told.getUidNext().asLong()).isEqualTo(2);
        assertThat(told.getFirstUnseen().asLong()).isEqualTo(1);
        assertThat(list(inbox)).hasSize(1);
    }

    @Test
    void uidNextShouldNotFallWhenTheLastMessageIsDeleted() throws Exception {
        deliver();
        MessageManager inbox = mailboxes.getMailbox(MailboxPath.inbox(ALICE), session);
        inbox.delete(list(inbox), session);

        MessageManager selected = mailboxes.getMailbox(MailboxPath.inbox(ALICE), session);
        list(selected);

        assertThat(metaData(selected).getUidNext().asLong()).isEqualTo(2);
        assertThat(metaData(selected).getMessageCount()).isZero();
    }
}
