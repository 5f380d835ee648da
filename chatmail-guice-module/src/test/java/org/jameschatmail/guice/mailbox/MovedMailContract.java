package org.jameschatmail.guice.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.QuotaRoot;
import org.jameschatmail.core.moving.AccountMoves.MessageResult;
import org.jameschatmail.core.moving.MovedMailbox;
import org.jameschatmail.core.moving.MovedMessage;
import org.junit.jupiter.api.Test;

/** What clients see of mail that another server kept, on any database. */
interface MovedMailContract {
    Username ALICE = Username.of("alice@example.org");
    Instant ARRIVAL = Instant.parse("2024-05-01T02:03:04Z");
    MovedMailbox INBOX = new MovedMailbox("INBOX", 1_795_412_468, 43);

    MailboxStoreDatabase database();

    private MovedMail mail() {
        return new MovedMail(
                database().parts().database(),
                new Bodies(),
                database().parts().limits(),
                database().clock());
    }

    private static MovedMessage message(String name, long uid, String... flags) {
        byte[] content = ("Subject: " + name + "\r\n\r\nhello\r\n").getBytes(StandardCharsets.US_ASCII);
        return new MovedMessage(name, uid, ARRIVAL, Set.of(flags), content);
    }

    private MailboxState state(String name) throws SQLException {
        try (Connection connection = database().connect()) {
            return MailboxRows.read(connection, MailboxPath.forUser(ALICE, name))
                    .orElseThrow();
        }
    }

    private List<StoredRow> rows() throws SQLException {
        try (Connection connection = database().connect()) {
            return MessageRows.read(connection, state("INBOX").id().number(), MessageRange.all(), 0);
        }
    }

    private void deliver() throws SQLException, OverQuotaException {
        try (Connection connection = database().connect()) {
            connection.setAutoCommit(false);
            NewMessage message =
                    new NewMessage("Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 14, ARRIVAL, new Flags());
            database().parts().appends().appendToInboxes(connection, message, List.of(ALICE));
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    @Test
    default void mailShouldHaveTheNumbersThatClientsKnow() throws Exception {
        mail().open(ALICE, INBOX);
        assertThat(mail().append(ALICE, INBOX, message("first", 17, "\\Seen", "$MDNSent")))
                .isEqualTo(MessageResult.STORED);
        assertThat(mail().append(ALICE, INBOX, message("second", 42))).isEqualTo(MessageResult.STORED);
        assertThat(mail().append(ALICE, INBOX, message("third", 0))).isEqualTo(MessageResult.STORED);

        MailboxState state = state("INBOX");
        assertThat(state.uidValidity()).isEqualTo(1_795_412_468);
        assertThat(state.messages()).isEqualTo(3);
        assertThat(state.unseen()).isEqualTo(2);
        assertThat(state.modSeq()).isGreaterThan(1L << 32);
        assertThat(state.keywords()).isEqualTo("$MDNSent");
        assertThat(rows()).extracting(StoredRow::uid).containsExactly(17L, 42L, 43L);
        assertThat(rows()).extracting(StoredRow::arrival).containsOnly(ARRIVAL);
        assertThat(rows().get(0).flags().toFlags()).isEqualTo(flags());
        assertThat(state.octets())
                .isEqualTo(rows().stream().mapToLong(StoredRow::octets).sum());
    }

    private static Flags flags() {
        Flags flags = new Flags(Flags.Flag.SEEN);
        flags.add("$MDNSent");
        return flags;
    }

    @Test
    default void newMailShouldGetNoUidThatTheOtherServerGave() throws Exception {
        mail().open(ALICE, INBOX);
        deliver();

        assertThat(rows()).extracting(StoredRow::uid).containsExactly(43L);
    }

    @Test
    default void mailShouldBeTakenOnceWhenItComesAgain() throws Exception {
        for (int time = 0; time < 2; time++) {
            mail().open(ALICE, INBOX);
            mail().append(ALICE, INBOX, message("first", 17));
            mail().append(ALICE, INBOX, message("third", 0));
        }

        assertThat(mail().append(ALICE, INBOX, message("third", 43))).isEqualTo(MessageResult.PRESENT);
        assertThat(rows()).extracting(StoredRow::uid).containsExactly(17L, 43L);
    }

    /** A client that has seen UID 43 never asks for 42. */
    @Test
    default void mailShouldGetANewUidWhenOtherMailCameMeanwhile() throws Exception {
        mail().open(ALICE, INBOX);
        deliver();
        MovedMailbox later = new MovedMailbox("INBOX", INBOX.uidValidity(), 50);
        mail().open(ALICE, later);
        mail().append(ALICE, later, message("late", 42));
        mail().append(ALICE, later, message("later", 49));

        assertThat(rows()).extracting(StoredRow::uid).containsExactly(43L, 50L, 51L);
    }

    @Test
    default void mailShouldGetNewUidsWhenTheMailboxHasAnotherNumbering() throws Exception {
        deliver();
        long validity = state("INBOX").uidValidity();
        mail().open(ALICE, INBOX);
        mail().append(ALICE, INBOX, message("first", 17));

        assertThat(state("INBOX").uidValidity()).isEqualTo(validity);
        assertThat(rows()).extracting(StoredRow::uid).containsExactly(1L, 2L);
    }

    @Test
    default void messagesOfOtherMailboxesShouldBeOthersWhenTheirNamesAreTheSame() throws Exception {
        MovedMailbox folder = new MovedMailbox("DeltaChat", 0, 1);
        mail().open(ALICE, INBOX);
        mail().open(ALICE, folder);
        mail().append(ALICE, INBOX, message("first", 17));

        assertThat(mail().append(ALICE, folder, message("first", 17))).isEqualTo(MessageResult.STORED);
        assertThat(state("DeltaChat").messages()).isEqualTo(1);
        assertThat(state("DeltaChat").lastUid()).isEqualTo(1);
    }

    @Test
    default void mailShouldBeLeftOutWhenTheAccountIsFull() throws Exception {
        long octets = message("first", 17).content().length;
        new JdbcMaxQuota(database().parts().database(), database().parts().limits())
                .setMaxStorage(
                        QuotaRoot.quotaRoot("#private&" + ALICE.asString(), ALICE.getDomainPart()),
                        QuotaSizeLimit.size(octets * 2 - 1));
        mail().open(ALICE, INBOX);

        assertThat(mail().append(ALICE, INBOX, message("first", 17))).isEqualTo(MessageResult.STORED);
        assertThat(mail().append(ALICE, INBOX, message("again", 18))).isEqualTo(MessageResult.OVER_QUOTA);
        assertThat(rows()).hasSize(1);
    }

    @Test
    default void mailShouldBeRefusedWhenItsMailboxWasNotOpened() {
        assertThatThrownBy(() -> mail().append(ALICE, INBOX, message("first", 17)))
                .isInstanceOf(MailboxException.class);
    }
}
