package org.jameschatmail.guice.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.mail.Flags;
import org.apache.commons.io.IOUtils;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.model.UidValidity;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.jameschatmail.guice.mailbox.MailboxStoreDatabase.Parts;
import org.junit.jupiter.api.Test;

/** Delivering one message to many, on any database. */
interface MessageAppendsContract {
    Username ALICE = Username.of("alice@example.org");
    Username BOB = Username.of("bob@example.org");
    Username CAROL = Username.of("carol@example.org");
    String HEADER = "Subject: ...\r\n\r\n";
    String BODY = "hello\r\n";
    Instant ARRIVAL = Instant.parse("2024-01-02T03:04:05.678Z");

    MailboxStoreDatabase database();

    private static NewMessage message() {
        byte[] content = (HEADER + BODY).getBytes(StandardCharsets.US_ASCII);
        return new NewMessage(content, HEADER.length(), ARRIVAL, new Flags(Flags.Flag.RECENT));
    }

    private List<Appended> append(Collection<Username> owners) throws SQLException, OverQuotaException {
        try (Connection connection = database().connect()) {
            connection.setAutoCommit(false);
            try {
                List<Appended> appended = parts().appends().appendToInboxes(connection, message(), owners);
                connection.commit();
                return appended;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private Parts parts() {
        return database().parts();
    }

    private Mailbox inbox(Username owner) {
        return parts().mappers()
                .createMailboxMapper(JdbcMapperProvider.SESSION)
                .findMailboxByPath(MailboxPath.inbox(owner))
                .block();
    }

    private JdbcMessageMapper messages() {
        return parts().mappers().createMessageMapper(JdbcMapperProvider.SESSION);
    }

    private void limit(Username owner, long octets) throws MailboxException {
        new JdbcMaxQuota(parts().database(), parts().limits())
                .setMaxStorage(
                        QuotaRoot.quotaRoot("#private&" + owner.asString(), owner.getDomainPart()),
                        QuotaSizeLimit.size(octets));
    }

    @Test
    default void appendShouldMakeTheInboxWhenItIsMissing() throws Exception {
        List<Appended> appended = append(List.of(ALICE));

        assertThat(appended).singleElement().satisfies(one -> {
            assertThat(one.owner()).isEqualTo(ALICE);
            assertThat(one.path()).isEqualTo(MailboxPath.inbox(ALICE));
            assertThat(one.mailbox()).isEqualTo(inbox(ALICE).getMailboxId());
            assertThat(one.uid().asLong()).isEqualTo(1);
            assertThat(one.metaData().getUid()).isEqualTo(one.uid());
            assertThat(one.metaData().getModSeq()).isEqualTo(one.modSeq());
            assertThat(one.metaData().getSize()).isEqualTo(HEADER.length() + BODY.length());
        });
    }

    @Test
    default void appendShouldTellOneForEachOwnerWhenSomeAreNamedTwice() throws Exception {
        append(List.of(BOB));

        List<Appended> appended = append(List.of(CAROL, ALICE, BOB, CAROL));

        assertThat(appended).extracting(Appended::owner).containsExactly(ALICE, BOB, CAROL);
        assertThat(appended).extracting(one -> one.uid().asLong()).containsExactly(1L, 2L, 1L);
    }

    @Test
    default void appendShouldReachEverybodyWhenTheyAreMany() throws Exception {
        List<Username> owners = Stream.iterate(1, number -> number + 1)
                .limit(150)
                .map(number -> Username.of("member" + number + "@example.org"))
                .toList();

        assertThat(append(owners)).extracting(Appended::owner).containsExactlyInAnyOrderElementsOf(owners);
        assertThat(database().number("SELECT COUNT(*) FROM chatmail_message")).isEqualTo(150);
    }

    @Test
    default void appendShouldDoNothingWhenThereIsNoOwner() throws Exception {
        assertThat(append(List.of())).isEmpty();
        assertThat(database().number("SELECT COUNT(*) FROM chatmail_body")).isZero();
    }

    @Test
    default void appendShouldKeepTheMessageAsItIs() throws Exception {
        append(List.of(ALICE));

        MailboxMessage stored = messages()
                .findInMailbox(inbox(ALICE), MessageRange.all(), FetchType.FULL, 1)
                .next();

        assertThat(IOUtils.toString(stored.getFullContent(), StandardCharsets.US_ASCII))
                .isEqualTo(HEADER + BODY);
        assertThat(IOUtils.toString(stored.getHeaderContent(), StandardCharsets.US_ASCII))
                .isEqualTo(HEADER);
        assertThat(IOUtils.toString(stored.getBodyContent(), StandardCharsets.US_ASCII))
                .isEqualTo(BODY);
        assertThat(stored.getInternalDate().toInstant()).isEqualTo(ARRIVAL);
        assertThat(stored.getSaveDate()).contains(Date.from(database().clock().instant()));
        assertThat(stored.createFlags()).isEqualTo(new Flags(Flags.Flag.RECENT));
    }

    @Test
    default void appendShouldBeReadFromTheDatabaseWhenItIsNotRemembered() throws Exception {
        append(List.of(ALICE));
        JdbcMessageMapper stranger = database().newParts().mappers().createMessageMapper(JdbcMapperProvider.SESSION);

        for (FetchType type : FetchType.values()) {
            MailboxMessage stored = stranger.findInMailbox(inbox(ALICE), MessageRange.all(), type, 1)
                    .next();
            assertThat(IOUtils.toString(stored.getHeaderContent(), StandardCharsets.US_ASCII))
                    .isEqualTo(HEADER);
            assertThat(IOUtils.toString(stored.getFullContent(), StandardCharsets.US_ASCII))
                    .isEqualTo(HEADER + BODY);
        }
    }

    @Test
    default void bodyShouldBeStoredOnceWhenManyGetIt() throws Exception {
        append(List.of(ALICE, BOB, CAROL));

        assertThat(database().number("SELECT COUNT(*) FROM chatmail_body")).isEqualTo(1);
        assertThat(database().number("SELECT refs FROM chatmail_body")).isEqualTo(3);
    }

    @Test
    default void bodyShouldGoWithTheLastWhoDeletesIt() throws Exception {
        List<Appended> appended = append(List.of(ALICE, BOB));

        messages().deleteMessages(inbox(ALICE), List.of(appended.get(0).uid()));
        assertThat(database().number("SELECT refs FROM chatmail_body")).isEqualTo(1);

        messages().deleteMessages(inbox(BOB), List.of(appended.get(1).uid()));
        assertThat(database().number("SELECT COUNT(*) FROM chatmail_body")).isZero();
    }

    @Test
    default void bodyShouldGoWhenItsMailboxesAreDeleted() throws Exception {
        append(List.of(ALICE, BOB));
        for (Username owner : List.of(ALICE, BOB)) {
            parts().mappers()
                    .createMailboxMapper(JdbcMapperProvider.SESSION)
                    .delete(inbox(owner))
                    .block();
        }

        assertThat(database().number("SELECT COUNT(*) FROM chatmail_message")).isZero();
        assertThat(database().number("SELECT COUNT(*) FROM chatmail_body")).isZero();
        assertThat(database().number("SELECT COUNT(*) FROM chatmail_mailbox")).isZero();
    }

    @Test
    default void appendShouldLeaveNothingWhenSomeAreOverQuota() throws Exception {
        append(List.of(ALICE));
        limit(BOB, HEADER.length());
        limit(CAROL, 1);

        OverQuotaException over =
                catchThrowableOfType(OverQuotaException.class, () -> append(List.of(ALICE, BOB, CAROL)));

        assertThat(over.owners()).containsExactly(BOB, CAROL);
        assertThat(over).hasMessageNotContaining("bob");
        assertThat(database().number("SELECT COUNT(*) FROM chatmail_message")).isEqualTo(1);
        assertThat(database().number("SELECT COUNT(*) FROM chatmail_mailbox")).isEqualTo(1);
        assertThat(database().number("SELECT octets FROM chatmail_mailbox")).isEqualTo(HEADER.length() + BODY.length());
    }

    @Test
    default void quotaShouldCountAllMailboxesOfAnAccount() throws Exception {
        append(List.of(ALICE));
        long octets = HEADER.length() + BODY.length();
        Mailbox other = parts().mappers()
                .createMailboxMapper(JdbcMapperProvider.SESSION)
                .create(MailboxPath.forUser(ALICE, "DeltaChat"), UidValidity.of(1))
                .block();
        MailboxMessage stored = messages()
                .findInMailbox(inbox(ALICE), MessageRange.all(), FetchType.METADATA, 1)
                .next();
        limit(ALICE, 3 * octets);

        messages().move(other, stored);
        append(List.of(ALICE));
        append(List.of(ALICE));

        assertThatThrownBy(() -> append(List.of(ALICE))).isInstanceOf(OverQuotaException.class);
        assertThatThrownBy(() -> messages()
                        .copy(
                                other,
                                messages()
                                        .findInMailbox(inbox(ALICE), MessageRange.all(), FetchType.METADATA, 1)
                                        .next()))
                .isInstanceOf(org.apache.james.mailbox.exception.OverQuotaException.class);
        assertThat(new JdbcCurrentQuota(parts().database())
                        .getCurrentStorage(QuotaRoot.quotaRoot("#private&" + ALICE.asString(), Optional.empty()))
                        .block()
                        .asLong())
                .isEqualTo(3 * octets);
    }

    @Test
    default void copyAndMoveShouldLeaveOutWhatIsGone() throws Exception {
        Appended gone = append(List.of(ALICE)).get(0);
        append(List.of(ALICE));
        Mailbox other = parts().mappers()
                .createMailboxMapper(JdbcMapperProvider.SESSION)
                .create(MailboxPath.forUser(ALICE, "DeltaChat"), UidValidity.of(1))
                .block();
        List<MailboxMessage> both = new ArrayList<>();
        messages()
                .findInMailbox(inbox(ALICE), MessageRange.all(), FetchType.METADATA, 2)
                .forEachRemaining(both::add);
        messages().deleteMessages(inbox(ALICE), List.of(gone.uid()));

        assertThat(messages().copy(other, both)).hasSize(1);
        assertThat(messages().move(other, both)).hasSize(1);

        assertThat(messages().countMessagesInMailbox(other)).isEqualTo(2);
        assertThat(messages().countMessagesInMailbox(inbox(ALICE))).isZero();
        assertThat(database().number("SELECT COUNT(*) FROM chatmail_message")).isEqualTo(2);
        assertThat(database().number("SELECT refs FROM chatmail_body")).isEqualTo(2);
    }

    @Test
    default void appendShouldKeepALargeMessageAsItIs() throws Exception {
        byte[] content = (HEADER + "0123456789abcdef".repeat(200_000)).getBytes(StandardCharsets.US_ASCII);
        try (Connection connection = database().connect()) {
            connection.setAutoCommit(false);
            parts().appends()
                    .appendToInboxes(
                            connection, new NewMessage(content, HEADER.length(), ARRIVAL, new Flags()), List.of(ALICE));
            connection.commit();
            connection.setAutoCommit(true);
        }

        MailboxMessage stored = messages()
                .findInMailbox(inbox(ALICE), MessageRange.all(), FetchType.FULL, 1)
                .next();

        assertThat(stored.getFullContent()).hasBinaryContent(content);
    }

    @Test
    default void globalLimitShouldHoldForWhoHasNoneOfTheirOwn() throws Exception {
        new JdbcMaxQuota(parts().database(), parts().limits()).setGlobalMaxStorage(QuotaSizeLimit.size(1));

        assertThatThrownBy(() -> append(List.of(ALICE))).isInstanceOf(OverQuotaException.class);

        limit(ALICE, 1000);
        assertThat(append(List.of(ALICE))).hasSize(1);
    }

    @Test
    default void eventShouldTellWhatIsStored() throws Exception {
        Appended appended = append(List.of(ALICE)).get(0);

        assertThat(appended.toEvent().getUids()).containsExactly(appended.uid());
        assertThat(appended.toEvent().getUsername()).isEqualTo(ALICE);
        assertThat(appended.toEvent().getMailboxId()).isEqualTo(inbox(ALICE).getMailboxId());
        assertThat(appended.toEvent().isDelivery()).isTrue();
    }
}
