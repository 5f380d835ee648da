package org.jameschatmail.protocols.imap.selection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.InMemoryMailboxManager;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.jameschatmail.protocols.imap.server.MemoryMailboxes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrackedMailboxTest {
    private final MemoryMailboxes mailboxes = new MemoryMailboxes();
    private final InMemoryMailboxManager manager = mailboxes.manager();
    private final MailboxSession session = manager.createSystemSession(Username.of("alice@example.org"));
    private MessageManager messages;
    private TrackedMailbox subject;

    @BeforeEach
    void select() throws MailboxException {
        MailboxPath inbox = MailboxPath.inbox(session);
        manager.createMailbox(inbox, session);
        messages = manager.getMailbox(inbox, session);
        subject = new TrackedMailbox(manager, messages, session, false);
        subject.listen(mailboxes.eventBus()).block();
        subject.list(MessageUid.of(1)).block();
    }

    @AfterEach
    void deselect() {
        subject.deselect().block();
    }

    private void append() throws MailboxException {
        messages.appendMessage(MessageManager.AppendCommand.builder().build("Subject: one\r\n\r\nHello\r\n"), session);
    }

    private static List<MessageUid> uids(long... uids) {
        return LongStream.of(uids).mapToObj(MessageUid::of).toList();
    }

    @Test
    void newsShouldBeThereUntilTheyAreToldWhenSomethingChanges() throws MailboxException {
        assertThat(subject.hasNews()).isFalse();

        append();
        assertThat(subject.hasNews()).isTrue();
        subject.isSizeChanged();
        assertThat(subject.hasNews()).isTrue();
        subject.resetEvents();
        assertThat(subject.hasNews()).isFalse();

        MailboxSession other = manager.createSystemSession(session.getUser());
        messages.setFlags(new Flags("one"), FlagsUpdateMode.ADD, MessageRange.all(), other);
        assertThat(subject.hasNews()).isTrue();
        subject.flagUpdateUids();
        subject.hasNewApplicableFlags();
        subject.resetEvents();
        assertThat(subject.hasNews()).isFalse();

        messages.delete(uids(1), other);
        assertThat(subject.hasNews()).isTrue();
        subject.expungedUids().forEach(subject::remove);
        subject.resetExpungedUids();
        assertThat(subject.hasNews()).isTrue();
        subject.resetRecentUidRemoved();
        assertThat(subject.hasNews()).isFalse();
    }

    @Test
    void listedMessageShouldBeToldOnceMoreOnlyWhenTheUidNextDidNotCoverIt() throws MailboxException {
        append();
        append();

        subject.list(MessageUid.of(3)).block();
        assertThat(subject.hasNews()).isFalse();

        subject.list(MessageUid.of(2)).block();
        assertThat(subject.hasNews()).isTrue();
        assertThat(subject.isSizeChanged()).isTrue();
    }

    @Test
    void messagesShouldBeRecentWhenTheyArrive() throws MailboxException {
        append();
        append();
        assertThat(subject.recentCount()).isZero();

        assertThat(subject.isSizeChanged()).isTrue();
        assertThat(subject.recentCount()).isEqualTo(2);
        assertThat(subject.getRecent()).isEqualTo(uids(1, 2));
    }

    @Test
    void expungedMessageShouldNotCountAsRecentBeforeAndAfterItIsTold() throws MailboxException {
        for (int i = 0; i < 3; i++) {
            append();
        }
        subject.isSizeChanged();

        messages.delete(uids(2), session);
        assertRecent(1, 3);
        assertThat(subject.expungedUids()).containsExactly(MessageUid.of(2));
        assertRecent(1, 3);
        messages.delete(uids(1), session);
        assertRecent(3);

        subject.remove(MessageUid.of(2));
        subject.resetExpungedUids();
        assertRecent(3);
        assertThat(subject.expungedUids()).containsExactly(MessageUid.of(1));
        assertThat(subject.isRecentUidRemoved()).isTrue();
    }

    private void assertRecent(long... uids) {
        assertThat(subject.getRecent()).isEqualTo(uids(uids));
        assertThat(subject.recentCount()).isEqualTo(uids.length);
    }

    @Test
    void expungedMessageShouldCountForNothingWhenItWasNotRecent() throws MailboxException {
        append();
        append();
        subject.isSizeChanged();
        subject.removeRecent(MessageUid.of(1));

        messages.delete(uids(1), session);

        assertRecent(2);
    }

    /** What it costs is seen in the memory that is taken for it. */
    @Test
    void recentMessagesShouldBeCountedAtLittleCostWhenThereAreMany() {
        IntStream.rangeClosed(1, 100_000).forEach(uid -> subject.addRecent(MessageUid.of(uid)));
        assertThat(subject.recentCount()).isEqualTo(100_000);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int count = subject.recentCount();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(count).isEqualTo(100_000);
        assertThat(allocated).isLessThan(10_000);
    }
}
