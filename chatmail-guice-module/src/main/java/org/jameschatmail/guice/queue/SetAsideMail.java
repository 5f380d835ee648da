package org.jameschatmail.guice.queue;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;
import org.jameschatmail.guice.database.Transactions;

/** Mail that stays in the table because it couldn't be read or was rejected too often. Thread-safe. */
@Singleton
public final class SetAsideMail {
    private static final String OLD = "SELECT item_id, body_id, body_size FROM mail_queue_item"
            + " WHERE state <> 'waiting' AND enqueued_at < ? FETCH FIRST ? ROWS ONLY";

    private final Transactions transactions;

    @Inject
    public SetAsideMail(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /** How many were queued before {@code end}, up to {@code limit}. */
    public int count(Instant end, int limit) throws SQLException {
        return old(end, limit).size();
    }

    /** Removes what was queued before {@code end}, at most {@code limit} of it; tells how many. */
    public int remove(Instant end, int limit) throws SQLException {
        List<StoredItem> items = old(end, limit);
        for (StoredItem item : items) {
            transactions.change(connection -> QueueStore.delete(connection, item));
        }
        return items.size();
    }

    private List<StoredItem> old(Instant end, int limit) throws SQLException {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(OLD)) {
                select.setLong(1, ChronoUnit.MICROS.between(Instant.EPOCH, end));
                select.setInt(2, limit);
                List<StoredItem> items = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        items.add(new StoredItem(rows.getString(1), 0, rows.getString(2), rows.getLong(3), ""));
                    }
                }
                return items;
            }
        });
    }
}
