package org.jameschatmail.protocols.imap.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import javax.mail.Flags.Flag;
import org.apache.james.core.Username;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.BodyFetchElement;
import org.apache.james.imap.api.message.FetchData;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.encode.FakeImapSession;
import org.apache.james.imap.message.request.AbstractMailboxSelectionRequest.ClientSpecifiedUidValidity;
import org.apache.james.imap.message.request.FetchRequest;
import org.apache.james.imap.message.request.SelectRequest;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.InMemoryMailboxManager;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.jameschatmail.protocols.imap.Outflow;
import org.jameschatmail.protocols.imap.selection.TrackedSelectProcessor;
import org.jameschatmail.protocols.imap.server.MemoryMailboxes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class PacedFetchProcessorTest {
    private static final StatusResponseFactory STATUS = new UnpooledStatusResponseFactory();
    private static final int MESSAGES = 5;
    private static final Tag TAG = new Tag("a");

    private final MemoryMailboxes mailboxes = new MemoryMailboxes();
    private final InMemoryMailboxManager manager = mailboxes.manager();
    private final MailboxSession account = manager.createSystemSession(Username.of("alice@example.org"));
    private final FakeImapSession session = new FakeImapSession();
    private final List<Sinks.Empty<Void>> asked = new CopyOnWriteArrayList<>();
    private final Answers answers = new Answers();
    private final PacedFetchProcessor subject = new PacedFetchProcessor(manager, STATUS, mailboxes.metricFactory());
    private MessageManager inbox;

    @BeforeEach
    void select() throws MailboxException {
        MailboxPath path = MailboxPath.inbox(account);
        manager.createMailbox(path, account);
        inbox = manager.getMailbox(path, account);
        // Two of them don't go into one part.
        String message = "Subject: large\r\n\r\n" + "x".repeat(700 * 1024);
        for (int i = 0; i < MESSAGES; i++) {
            inbox.appendMessage(MessageManager.AppendCommand.builder().build(message), account);
        }
        session.authenticated();
        session.setMailboxSession(account);
        new TrackedSelectProcessor(manager, mailboxes.eventBus(), STATUS, mailboxes.metricFactory())
                .processReactive(
                        new SelectRequest(
                                "INBOX", false, ClientSpecifiedUidValidity.UNKNOWN, null, null, null, null, TAG),
                        answers,
                        session)
                .block();
        assertThat(session.getSelected().existsCount()).isEqualTo(MESSAGES);
        room().attachTo(session);
    }

    @AfterEach
    void deselect() {
        session.deselect().block();
    }

    private Outflow room() {
        return () -> Mono.defer(() -> {
            Sinks.Empty<Void> taken = Sinks.empty();
            asked.add(taken);
            return taken.asMono();
        });
    }

    private long seen() throws MailboxException {
        return Flux.from(inbox.listMessagesMetadata(MessageRange.all(), account))
                .toStream()
                .filter(message -> message.getFlags().contains(Flag.SEEN))
                .count();
    }

    /** BODY[] sets the flag of each message as it is read. */
    @Test
    void messageShouldBeReadWhenTheOneBeforeItIsTaken() throws MailboxException {
        FetchData bodies =
                FetchData.builder().add(BodyFetchElement.createRFC822(), false).build();
        FetchRequest request = new FetchRequest(false, new IdRange[] {new IdRange(1, MESSAGES)}, bodies, TAG);
        Disposable fetch = subject.processReactive(request, answers, session).subscribe();

        for (int taken = 0; taken < MESSAGES; taken++) {
            int fetched = taken + 1;
            await(() -> asked.size() == fetched);
            assertThat(seen()).isEqualTo(taken + 1);
            asked.get(taken).tryEmitEmpty();
        }
        await(fetch::isDisposed);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Nobody listens. */
    private static final class Answers implements ImapProcessor.Responder {
        @Override
        public void respond(ImapResponseMessage message) {
            // What is asked for room is counted instead.
        }

        @Override
        public void flush() {
            // Nothing is written.
        }
    }
}
