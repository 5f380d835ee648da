package org.jameschatmail.guice.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Duration;
import org.jameschatmail.guice.database.Transactions;
import org.jameschatmail.guice.delivery.RecentDeliveries.RepeatedException;
import org.junit.jupiter.api.Test;

/** What was delivered, on either database. */
interface RecentDeliveriesContract {
    DeliveryDigest DIGEST = new DeliveryDigest(42, 1);

    DeliveryDatabase database();

    private RecentDeliveries deliveries() {
        return new RecentDeliveries(database().dataSource(), database().clock());
    }

    private void add(DeliveryDigest digest) throws Exception {
        new Transactions(database().dataSource()).<Connection, Exception>run(connection -> {
            deliveries().add(connection, digest);
            return connection;
        });
    }

    private void forgetOld() throws Exception {
        for (int slice = 0; slice < RecentDeliveries.SLICES; slice++) {
            deliveries().forgetOld(slice);
        }
    }

    @Test
    default void addShouldFailWhenItWasAddedBefore() throws Exception {
        add(DIGEST);

        assertThatThrownBy(() -> add(DIGEST)).isInstanceOf(RepeatedException.class);
    }

    @Test
    default void addShouldTellDigestsApart() throws Exception {
        add(DIGEST);

        assertThatCode(() -> add(new DeliveryDigest(42, 2))).doesNotThrowAnyException();
        assertThatCode(() -> add(new DeliveryDigest(43, 1))).doesNotThrowAnyException();
    }

    @Test
    default void addShouldLeaveNothingWhenItIsRolledBack() throws Exception {
        try (Connection connection = database().dataSource().getConnection()) {
            connection.setAutoCommit(false);
            deliveries().add(connection, DIGEST);
            connection.rollback();
        }

        assertThatCode(() -> add(DIGEST)).doesNotThrowAnyException();
    }

    @Test
    default void forgetOldShouldForgetTheOldOnesInEverySlice() throws Exception {
        add(new DeliveryDigest(Long.MIN_VALUE, 0));
        add(new DeliveryDigest(-1, 0));
        add(new DeliveryDigest(0, 0));
        add(new DeliveryDigest(Long.MAX_VALUE, 0));
        database().clock().advance(Duration.ofHours(8));
        add(DIGEST);

        forgetOld();

        assertThat(database().rows()).isEqualTo(1);
        assertThatThrownBy(() -> add(DIGEST)).isInstanceOf(RepeatedException.class);
    }

    @Test
    default void forgetOldShouldKeepTheRecentOnes() throws Exception {
        add(DIGEST);
        database().clock().advance(Duration.ofHours(5));

        forgetOld();

        assertThat(database().rows()).isEqualTo(1);
    }
}
