package org.jameschatmail.guice.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.jameschatmail.core.expiry.LoginDay;
import org.jameschatmail.guice.account.LastLogins;
import org.jameschatmail.guice.mailbox.OldMessage;
import org.jameschatmail.protocols.imap.metadata.DeviceToken;
import org.junit.jupiter.api.Test;

/** Expiry with a clock that is advanced, on any database. */
interface ExpiryContract {
    Username ALICE = Username.of("alice_123@chat.example");
    Username BOB = Username.of("bob_12345@chat.example");
    String PASSWORD = "a password of theirs";
    int SMALL = 1000;
    int LARGE = 200_100;

    ExpiryServer server();

    private void deliver(Username owner, int octets, Flags flags) throws Exception {
        server().mailboxes().deliver(new byte[octets], flags, owner);
    }

    private void pass(Duration time) {
        server().clock().setInstant(server().clock().instant().plus(time));
    }

    /** Lets a day pass, with the server awake every six hours. */
    private void passADay() throws Exception {
        for (int quarter = 0; quarter < 4; quarter++) {
            pass(Duration.ofHours(6));
            server().catchUp();
        }
    }

    private List<OldMessage> inbox(Username owner) throws Exception {
        return server().mailboxes().inbox(owner);
    }

    private Duration ageOf(OldMessage message) {
        return Duration.between(message.arrival(), server().clock().instant());
    }

    private long stored(String column, Username account, String table) throws SQLException {
        return server().number("SELECT COUNT(*) FROM %s WHERE %s = '%s'".formatted(table, column, account.asString()));
    }

    /** Rows of any table that hold the address. */
    private long traces(Username account) throws SQLException {
        long rows = stored("owner", account, "chatmail_mailbox") + stored("owner", account, "chatmail_subscription");
        for (String table :
                List.of("chatmail_device_token", "chatmail_mailbox_metadata", "chatmail_push", "chatmail_last_login")) {
            rows += stored("account", account, table);
        }
        return rows + stored("USER_NAME", account, "JAMES_USER");
    }

    /**
     * Alice logs in every day, Bob once. Each gets mail every day: a small message, a large one that is seen, and a large
     * one that isn't.
     */
    @Test
    default void serverShouldKeepWhatItPromisesForAHundredAndTwentyDays() throws Exception {
        server().catchUp();
        server().login(BOB, PASSWORD);
        server().tokens().add(BOB, DeviceToken.parse("bobs-token").orElseThrow());
        int bobIsThere = 0;
        for (int day = 0; day < 120; day++) {
            assertThat(server().login(ALICE, PASSWORD)).isTrue();
            List<Username> present = new ArrayList<>(List.of(ALICE));
            if (server().users().contains(BOB)) {
                present.add(BOB);
                bobIsThere++;
            }
            Username[] owners = present.toArray(Username[]::new);
            server().mailboxes().deliver(new byte[SMALL], new Flags(), owners);
            server().mailboxes().deliver(new byte[LARGE], new Flags(Flags.Flag.SEEN), owners);
            server().mailboxes().deliver(new byte[LARGE + 1], new Flags(), owners);
            passADay();
            assertThatAgesAreRight(day);
        }

        assertThat(bobIsThere).isBetween(90, 92);
        assertThat(traces(BOB)).isZero();
        assertThat(server().login(ALICE, PASSWORD)).isTrue();
        assertThat(server().login(BOB, PASSWORD))
                .as("a stranger takes the address")
                .isFalse();
        assertThatTheStoreAgreesWithItself();
        for (int day = 0; day < 5; day++) {
            passADay();
        }
        assertThat(server().login(BOB, PASSWORD))
                .as("a stranger takes the address later")
                .isTrue();
        assertThat(inbox(BOB)).isEmpty();
        assertThat(server().tokens().list(BOB)).isEmpty();
        assertThat(server().number("SELECT COUNT(*) FROM chatmail_removed_address"))
                .isLessThanOrEqualTo(1);
    }

    private void assertThatAgesAreRight(int day) throws Exception {
        List<OldMessage> inbox = inbox(ALICE);
        for (OldMessage message : inbox) {
            Duration longest = Duration.ofDays(message.octets() == LARGE ? 8 : 21);
            assertThat(ageOf(message)).as("day " + day).isLessThanOrEqualTo(longest);
        }
        assertThat(inbox.stream().filter(message -> message.octets() == SMALL))
                .hasSizeGreaterThanOrEqualTo(Math.min(day + 1, 19));
        assertThat(inbox.stream().filter(message -> message.octets() == LARGE))
                .hasSizeGreaterThanOrEqualTo(Math.min(day + 1, 6));
        assertThat(inbox.stream().filter(message -> message.octets() == LARGE + 1))
                .hasSizeGreaterThanOrEqualTo(Math.min(day + 1, 19));
    }

    private void assertThatTheStoreAgreesWithItself() throws SQLException {
        assertThat(server().number("SELECT SUM(message_count) FROM chatmail_mailbox"))
                .isEqualTo(server().number("SELECT COUNT(*) FROM chatmail_message"));
        assertThat(server().number("SELECT SUM(octets) FROM chatmail_mailbox"))
                .isEqualTo(server().number("SELECT SUM(octets) FROM chatmail_message"));
        assertThat(server().number("SELECT SUM(unseen_count) FROM chatmail_mailbox"))
                .isEqualTo(server().number("SELECT COUNT(*) FROM chatmail_message WHERE octets <> " + LARGE));
        assertThat(server().number("SELECT SUM(refs) FROM chatmail_body"))
                .isEqualTo(server().number("SELECT COUNT(*) FROM chatmail_message"));
    }

    @Test
    default void openSessionsShouldHearOfEachMessageThatGoes() throws Exception {
        deliver(ALICE, SMALL, new Flags());
        deliver(ALICE, SMALL, new Flags());
        long first = inbox(ALICE).get(0).uid();
        pass(Duration.ofDays(20).plusMinutes(1));
        deliver(ALICE, SMALL, new Flags());

        server().expiry().visitAll(server().newRun(Run.Mode.REMOVE));

        assertThat(expunged()).containsExactly(first, first + 1);
        assertThat(inbox(ALICE)).hasSize(1);
    }

    private Stream<Long> expunged() {
        return server().mailboxes().events().stream()
                .filter(Expunged.class::isInstance)
                .map(Expunged.class::cast)
                .flatMap(event -> event.getUids().stream())
                .map(uid -> uid.asLong());
    }

    @Test
    default void trialShouldCountAndChangeNothing() throws Exception {
        server().login(BOB, PASSWORD);
        deliver(ALICE, SMALL, new Flags());
        pass(Duration.ofDays(100));
        Run trial = server().newRun(Run.Mode.COUNT_ONLY);

        server().expiry().visitAll(trial);

        assertThat(trial.report().messages()).isEqualTo(1);
        assertThat(trial.report().octets()).isEqualTo(SMALL);
        assertThat(trial.report().accounts()).isEqualTo(1);
        assertThat(inbox(ALICE)).hasSize(1);
        assertThat(server().users().contains(BOB)).isTrue();
    }

    @Test
    default void messageShouldCountFromItsArrivalWhenTheClientHasMovedIt() throws Exception {
        server().mailboxes().createMailbox(ALICE, "DeltaChat");
        deliver(ALICE, SMALL, new Flags());
        pass(Duration.ofDays(19));
        server().mailboxes().moveAll(ALICE, "DeltaChat");
        pass(Duration.ofDays(1).plusMinutes(1));

        server().expiry().visitAll(server().newRun(Run.Mode.REMOVE));

        assertThat(server().number("SELECT COUNT(*) FROM chatmail_message")).isZero();
    }

    @Test
    default void walkShouldGoOnWhereItWasWhenTheServerIsRestarted() throws Exception {
        server().catchUp();
        for (int number = 0; number < 40; number++) {
            deliver(Username.of("many_%04d@chat.example".formatted(number)), SMALL, new Flags());
        }
        pass(Duration.ofDays(21));
        server().catchUp();
        long visited = 0;
        for (int hour = 0; hour < 24; hour++) {
            pass(Duration.ofHours(1));
            server().restart();
            ExpiryReport report = server().catchUp();
            assertThat(report.mailboxesVisited()).as("all at once").isLessThan(20);
            visited += report.mailboxesVisited();
        }

        assertThat(visited).isEqualTo(40);
        assertThat(server().expiry().millisBehind()).isLessThan(1000);
    }

    @Test
    default void cancelledRunShouldStopBetweenTransactions() throws Exception {
        for (int number = 0; number < 150; number++) {
            deliver(ALICE, SMALL, new Flags());
        }
        pass(Duration.ofDays(21));
        Run run = server().newRun(Run.Mode.REMOVE);
        run.cancel();

        assertThatThrownBy(() -> server().mailboxExpiry().empty(run, ALICE)).isInstanceOf(Run.CancelledException.class);

        assertThat(inbox(ALICE)).hasSize(50);
        assertThatTheStoreAgreesWithItself();
    }

    @Test
    default void accountThatFillsUpShouldLoseItsOldestMessages() throws Exception {
        server().mailboxes().limit(100_000);
        for (int number = 0; number < 74; number++) {
            deliver(ALICE, SMALL, new Flags());
            pass(Duration.ofHours(1));
        }
        assertThat(server().mailboxes().filling().take()).isEmpty();
        deliver(ALICE, SMALL + 1001, new Flags());
        assertThat(server().mailboxes().filling().take()).containsExactly(ALICE);

        boolean enough = server().mailboxExpiry().makeRoom(server().newRun(Run.Mode.REMOVE), ALICE);

        assertThat(enough).isTrue();
        assertThat(expunged()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(server().mailboxes().accountMail().fullness(ALICE).used()).isEqualTo(69_001);
    }

    @Test
    default void messagesOfTheLastDayShouldStayHoweverFullTheAccount() throws Exception {
        server().mailboxes().limit(100_000);
        deliver(ALICE, SMALL, new Flags());
        pass(Duration.ofHours(24).plusMinutes(1));
        for (int number = 0; number < 90; number++) {
            deliver(ALICE, SMALL, new Flags());
        }

        boolean enough = server().mailboxExpiry().makeRoom(server().newRun(Run.Mode.REMOVE), ALICE);

        assertThat(enough).isFalse();
        assertThat(inbox(ALICE)).hasSize(90);
    }

    @Test
    default void accountShouldStayWhenItLogsInAtTheLastMoment() throws Exception {
        server().login(BOB, PASSWORD);
        LoginDay first = LoginDay.at(server().clock().instant());
        pass(Duration.ofDays(100));
        server().login(BOB, PASSWORD);
        Run run = server().newRun(Run.Mode.REMOVE);

        server().accountExpiry().visit(run, new LastLogins.Place(0, BOB, first));

        assertThat(run.report().accounts()).isZero();
        assertThat(server().users().contains(BOB)).isTrue();
        assertThat(server().logins().of(BOB))
                .contains(LoginDay.at(server().clock().instant()));
    }

    @Test
    default void interruptedRemovalShouldBeFinishedByTheNextVisits() throws Exception {
        server().login(BOB, PASSWORD);
        server().logins().write();
        deliver(BOB, SMALL, new Flags());
        server().tokens().add(BOB, DeviceToken.parse("bobs-token").orElseThrow());
        server().users().removeIf(BOB, () -> true);

        server().expiry().visitAll(server().newRun(Run.Mode.REMOVE));
        assertThat(server().logins().of(BOB)).contains(LastLogins.REMOVED);
        deliver(BOB, SMALL, new Flags());
        server().expiry().visitAll(server().newRun(Run.Mode.REMOVE));

        assertThat(traces(BOB)).isZero();
        assertThat(server().number("SELECT COUNT(*) FROM chatmail_body")).isZero();
    }

    @Test
    default void accountOfAnOlderServerShouldBeginWithToday() throws Exception {
        server().login(BOB, PASSWORD);
        server().logins().write();
        server().execute("DELETE FROM chatmail_last_login");
        pass(Duration.ofDays(200));

        server().expiry().visitAll(server().newRun(Run.Mode.REMOVE));

        assertThat(server().users().contains(BOB)).isTrue();
        assertThat(server().logins().of(BOB))
                .contains(LoginDay.at(server().clock().instant()));
    }

    @Test
    default void mailThatWasSetAsideShouldGoWithTheMessages() throws Exception {
        Instant now = server().clock().instant();
        for (int days : new int[] {19, 21}) {
            Instant then = now.minus(Duration.ofDays(days));
            server().execute(
                            ("INSERT INTO mail_queue_item VALUES ('item%d', 'spool', 'unreadable', %d, 0, NULL, 0, 'x')")
                                    .formatted(days, then.toEpochMilli() * 1000));
            server().execute("INSERT INTO mail_queue_item VALUES ('due%d', 'spool', 'waiting', %d, 0, NULL, 0, 'x')"
                    .formatted(days, then.toEpochMilli() * 1000));
            server().keepInRepository("mail" + days, then);
        }
        Run trial = server().newRun(Run.Mode.COUNT_ONLY);
        server().expiry().visitAll(trial);
        Run run = server().newRun(Run.Mode.REMOVE);

        server().expiry().visitAll(run);

        assertThat(trial.report().others()).isEqualTo(2);
        assertThat(run.report().others()).isEqualTo(2);
        assertThat(server().number("SELECT COUNT(*) FROM mail_queue_item")).isEqualTo(3);
        assertThat(server().number("SELECT COUNT(*) FROM JAMES_MAIL_STORE WHERE MESSAGE_NAME = 'mail19'"))
                .isOne();
        assertThat(server().number("SELECT COUNT(*) FROM JAMES_MAIL_STORE")).isOne();
    }
}
