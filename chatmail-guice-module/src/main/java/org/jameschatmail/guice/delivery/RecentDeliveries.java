package org.jameschatmail.guice.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;
import org.jameschatmail.guice.database.SqlDialect;
import org.jameschatmail.guice.database.Transactions;

/**
 * Remembers what was accepted, for {@value #HOURS} hours and until the next daily clean-up. Between a commit and the
 * sender's reading of our answer a connection may break, or one of the two servers end; what is then sent again is found
 * here, also by another server on the same database. Thread-safe.
 */
@Singleton
public final class RecentDeliveries {
    /** After these a peer has tried again several times, even a patient one. */
    private static final int HOURS = 6;

    /** In so many pieces the old ones are forgotten: each locks few rows, and looks at few. */
    public static final int SLICES = 1 << 10;

    private static final long SLICE_WIDTH = 1L << (Long.SIZE - 10);

    private final Transactions transactions;
    private final Clock clock;

    @Inject
    public RecentDeliveries(DataSource dataSource, Clock clock) {
        this.transactions = new Transactions(dataSource);
        this.clock = clock;
    }

    /** It was accepted before. */
    static final class RepeatedException extends Exception {
        private static final long serialVersionUID = 1L;

        RepeatedException() {
            super("The message was accepted before");
        }
    }

    /**
     * Notes a delivery in the transaction that makes it durable. Waits for another transaction that has noted the same.
     *
     * @throws RepeatedException when it was noted before; roll back
     */
    void add(Connection connection, DeliveryDigest digest) throws SQLException, RepeatedException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO chatmail_recent_delivery (digest_high, digest_low, delivery_hour) VALUES (?, ?, ?)")) {
            insert.setLong(1, digest.high());
            insert.setLong(2, digest.low());
            insert.setInt(3, hour());
            insert.executeUpdate();
        } catch (SQLException e) {
            if (SqlDialect.DUPLICATE_KEY.equals(e.getSQLState())) {
                throw new RepeatedException();
            }
            throw e;
        }
    }

    /**
     * Forgets what is old in one of the {@link #SLICES}.
     *
     * @return how many were forgotten
     */
    public int forgetOld(int slice) throws SQLException {
        long first = Long.MIN_VALUE + slice * SLICE_WIDTH;
        return transactions.run(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM chatmail_recent_delivery"
                    + " WHERE digest_high >= ? AND digest_high <= ? AND delivery_hour < ?")) {
                delete.setLong(1, first);
                delete.setLong(2, first + SLICE_WIDTH - 1);
                delete.setInt(3, hour() - HOURS);
                return delete.executeUpdate();
            }
        });
    }

    private int hour() {
        return Math.toIntExact(TimeUnit.MILLISECONDS.toHours(clock.millis()));
    }
}
