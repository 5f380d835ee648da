package org.jameschatmail.guice.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.FlagsUpdateCalculator;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.junit.jupiter.api.Test;

/** Flags of many messages that are changed at once, on any database. */
interface MarkingContract {
    Username ALICE = Username.of("alice@example.org");
    byte[] MESSAGE = "Subject: ...\r\n\r\nHello".getBytes(StandardCharsets.US_ASCII);

    MailboxStoreDatabase database();

    private void append(Flags flags) throws Exception {
        NewMessage stored = new NewMessage(MESSAGE, MESSAGE.length, Instant.parse("2024-01-02T03:04:05Z"), flags);
        try (Connection connection = database().connect()) {
            connection.setAutoCommit(false);
            database().parts().appends().appendToInboxes(connection, stored, List.of(ALICE));
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private Mailbox inbox() {
        return database()
                .parts()
                .mappers()
                .createMailboxMapper(JdbcMapperProvider.SESSION)
                .findMailboxByPath(MailboxPath.inbox(ALICE))
                .block();
    }

    private JdbcMessageMapper messages() {
        return database().parts().mappers().createMessageMapper(JdbcMapperProvider.SESSION);
    }

    private List<MailboxMessage> all() throws Exception {
        return ImmutableList.copyOf(messages().findInMailbox(inbox(), MessageRange.all(), FetchType.METADATA, -1));
    }

    private List<Flags> flags() throws Exception {
        return all().stream().map(MailboxMessage::createFlags).toList();
    }

    private void mark(Flags flags, long from, long to) throws Exception {
        messages()
                .updateFlags(
                        inbox(),
                        new FlagsUpdateCalculator(flags, FlagsUpdateMode.ADD),
                        MessageRange.range(MessageUid.of(from), MessageUid.of(to)));
    }

    private static Flags having(Flag... flags) {
        Flags all = new Flags();
        for (Flag flag : flags) {
            all.add(flag);
        }
        return all;
    }

    @Test
    default void marksShouldKeepWhatEachMessageHadBefore() throws Exception {
        append(having());
        append(having());
        append(having(Flag.SEEN));
        append(new Flags("label"));
        append(having());
        append(having());

        mark(having(Flag.DELETED), 1, 5);

        Flags labelled = new Flags("label");
        labelled.add(Flag.DELETED);
        assertThat(flags())
                .containsExactly(
                        having(Flag.DELETED),
                        having(Flag.DELETED),
                        having(Flag.DELETED, Flag.SEEN),
                        labelled,
                        having(Flag.DELETED),
                        having());
    }

    /** Whoever synchronizes by MODSEQ isn't told of it again. */
    @Test
    default void marksShouldNotTouchAMessageThatHasThemAmongOthers() throws Exception {
        append(having());
        append(having(Flag.DELETED));
        append(having());
        long before = all().get(1).getModSeq().asLong();

        mark(having(Flag.DELETED), 1, 3);

        assertThat(flags()).containsOnly(having(Flag.DELETED));
        assertThat(all().get(1).getModSeq().asLong()).isEqualTo(before);
        assertThat(all().get(0).getModSeq()).isEqualTo(all().get(2).getModSeq());
    }

    @Test
    default void marksShouldReachAcrossMessagesThatAreGone() throws Exception {
        for (int i = 0; i < 5; i++) {
            append(having());
        }
        messages().deleteMessages(inbox(), List.of(MessageUid.of(2), MessageUid.of(4)));

        mark(having(Flag.SEEN), 1, 5);

        assertThat(flags()).hasSize(3).containsOnly(having(Flag.SEEN));
        assertThat(messages().getMailboxCounters(inbox()).getUnseen()).isZero();
    }
}
