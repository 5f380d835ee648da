package org.jameschatmail.guice.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.james.utils.UpdatableTickingClock;
import org.jameschatmail.core.account.Invitation;
import org.jameschatmail.core.account.RegistrationGuards.Shortage;
import org.jameschatmail.core.account.RegistrationSwitch;
import org.jameschatmail.core.configuration.RegistrationConfiguration;
import org.jameschatmail.core.configuration.RegistrationMode;
import org.junit.jupiter.api.Test;

/** What every database keeps of invitations, bans and what was switched. Each test has accounts of its own. */
interface InvitationsContract {
    UpdatableTickingClock CLOCK = new UpdatableTickingClock(Instant.parse("2026-01-01T06:00:00Z"));

    /** With our tables. */
    DataSource database();

    /** The table of users, which JPA makes elsewhere. */
    static void createUsers(DataSource database) throws SQLException {
        execute(database, "CREATE TABLE JAMES_USER (USER_NAME VARCHAR(100))");
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private JdbcInvitations subject() {
        return new JdbcInvitations(database(), new SecureRandom(), CLOCK);
    }

    private int used(Invitation invitation) {
        return subject().find(invitation.id()).orElseThrow().used();
    }

    @Test
    default void invitationShouldBeFoundAsItWasMade() {
        Instant expires = CLOCK.instant().plus(Duration.ofDays(3));
        Invitation made = subject().make("for the choir", 7, Optional.of(expires));

        assertThat(made.token()).matches("[A-Za-z0-9_-]{24}");
        assertThat(subject().find(made.id())).contains(made);
        assertThat(subject().byToken(made.token())).contains(made);
        assertThat(subject().list()).contains(made);
        assertThat(subject().byToken("none")).isEmpty();
        assertThat(made.toString()).doesNotContain(made.token());
    }

    @Test
    default void idShouldNotLookLikeAnOptionWhenItIsTyped() {
        byte hyphen = (byte) 0xF8;
        SecureRandom hyphensFirst = new SecureRandom() {
            private int asked;

            @Override
            public void nextBytes(byte[] bytes) {
                super.nextBytes(bytes);
                if (asked++ < 2) {
                    bytes[0] = hyphen;
                }
            }
        };
        Invitation made = new JdbcInvitations(database(), hyphensFirst, CLOCK).make("", 1, Optional.empty());

        assertThat(made.id()).doesNotStartWith("-");
        assertThat(subject().withdraw(made.id())).isTrue();
    }

    @Test
    default void invitationShouldBeRefusedWhenItsNumbersAreOutOfRange() {
        assertThatThrownBy(() -> subject().make("x".repeat(101), 1, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> subject().make("", 0, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> subject().make("", 100_001, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void addressShouldBeReservedUntilItsAccountIsThere() {
        Invitation invitation = subject().make("", 2, Optional.empty());
        assertThat(subject().isReserved("first@chat.example")).isFalse();

        assertThat(subject().reserve(invitation.token(), "first@chat.example")).isTrue();
        assertThat(subject().isReserved("first@chat.example")).isTrue();
        assertThat(used(invitation)).isEqualTo(1);

        subject().redeem("first@chat.example");
        assertThat(subject().isReserved("first@chat.example")).isFalse();
        assertThat(used(invitation)).isEqualTo(1);
    }

    @Test
    default void invitationShouldEndWithItsLastUse() {
        Invitation invitation = subject().make("", 1, Optional.empty());

        assertThat(subject().reserve(invitation.token(), "only@chat.example")).isTrue();
        assertThat(subject().reserve(invitation.token(), "second@chat.example")).isFalse();
        assertThat(subject().isReserved("second@chat.example")).isFalse();
        assertThat(subject().find(invitation.id()).orElseThrow().isUsable(CLOCK.instant()))
                .isFalse();
    }

    @Test
    default void invitationShouldEndWithItsTime() {
        Invitation invitation =
                subject().make("", 5, Optional.of(CLOCK.instant().plus(Duration.ofHours(1))));
        CLOCK.setInstant(CLOCK.instant().plus(Duration.ofHours(2)));

        assertThat(subject().reserve(invitation.token(), "late@chat.example")).isFalse();
    }

    @Test
    default void invitationShouldEndWhenItIsWithdrawn() {
        Invitation invitation = subject().make("", 5, Optional.empty());
        subject().reserve(invitation.token(), "before@chat.example");

        assertThat(subject().withdraw(invitation.id())).isTrue();

        assertThat(subject().withdraw(invitation.id())).isFalse();
        assertThat(subject().reserve(invitation.token(), "behind@chat.example")).isFalse();
        assertThat(subject().isReserved("before@chat.example")).isTrue();
    }

    @Test
    default void useShouldComeBackWhenNobodyLogsInForADay() throws SQLException {
        Invitation invitation = subject().make("", 2, Optional.empty());
        subject().reserve(invitation.token(), "never@chat.example");
        subject().reserve(invitation.token(), "there@chat.example");
        // Its process was killed before it could redeem.
        execute(database(), "INSERT INTO JAMES_USER VALUES ('there@chat.example')");
        CLOCK.setInstant(CLOCK.instant().plus(Duration.ofHours(25)));

        subject().list();

        assertThat(used(invitation)).isEqualTo(1);
        assertThat(subject().isReserved("never@chat.example")).isFalse();
        assertThat(subject().reserve(invitation.token(), "next@chat.example")).isTrue();
        assertThat(subject().reserve(invitation.token(), "more@chat.example")).isFalse();
    }

    @Test
    default void invitationShouldGiveNoMoreThanItsUsesWhenManyAskAtOnce() throws Exception {
        Invitation invitation = subject().make("", 5, Optional.empty());
        JdbcInvitations shared = subject();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> wishes = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String account = "rush%02d@chat.example".formatted(i);
                wishes.add(() -> shared.reserve(invitation.token(), account));
            }
            int given = 0;
            for (Future<Boolean> answer : threads.invokeAll(wishes)) {
                given += answer.get() ? 1 : 0;
            }
            assertThat(given).isEqualTo(5);
            assertThat(used(invitation)).isEqualTo(5);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void banShouldBeThereUntilItIsLifted() {
        JdbcAccountBans bans = new JdbcAccountBans(database());
        assertThat(bans.isBanned("bad@chat.example")).isFalse();

        bans.ban("bad@chat.example");
        bans.ban("bad@chat.example");
        assertThat(bans.isBanned("bad@chat.example")).isTrue();
        assertThat(new JdbcAccountBans(database()).isBanned("bad@chat.example")).isTrue();

        bans.lift("bad@chat.example");
        assertThat(bans.isBanned("bad@chat.example")).isFalse();
    }

    @Test
    default void switchShouldHoldOverRestarts() {
        RegistrationConfiguration configured = RegistrationConfiguration.DEFAULT;
        SwitchedRegistration control = new SwitchedRegistration(configured, new JdbcSettings(database()));
        assertThat(control.mode()).isEqualTo(RegistrationMode.OPEN);
        assertThat(control.perNetwork()).isEqualTo(300);

        control.switchTo(RegistrationMode.TOKEN);
        control.limitPerNetwork(2);
        control.switchTo(RegistrationMode.CLOSED);
        control.limitGuard(Shortage.DISK, 4e9);

        assertThat(control.mode()).isEqualTo(RegistrationMode.CLOSED);
        SwitchedRegistration restarted = new SwitchedRegistration(configured, new JdbcSettings(database()));
        assertThat(restarted.mode()).isEqualTo(RegistrationMode.CLOSED);
        assertThat(restarted.perNetwork()).isEqualTo(2);
        assertThat(restarted.guard(Shortage.DISK)).isEqualTo(4e9);
        assertThat(restarted.guard(Shortage.LOAD)).isEqualTo(configured.guardLoad());
        assertThat(restarted.switched())
                .containsExactlyInAnyOrder(
                        RegistrationSwitch.MODE, RegistrationSwitch.PER_NETWORK, RegistrationSwitch.GUARD_DISK);

        restarted.reset();

        assertThat(restarted.switched()).isEmpty();
        assertThat(restarted.mode()).isEqualTo(configured.mode());
        assertThat(restarted.guard(Shortage.DISK)).isEqualTo(configured.guardDisk());
    }
}
