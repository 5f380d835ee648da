package org.jameschatmail.guice.statistics;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import javax.inject.Inject;
import javax.sql.DataSource;
import org.jameschatmail.core.statistics.Series;
import org.jameschatmail.guice.database.Transactions;

/** How much there is in the database, by sums that it keeps for each mailbox: no message is counted. Thread-safe. */
final class StoredTotals {
    private static final String TOTALS = "SELECT (SELECT COUNT(*) FROM JAMES_USER), COALESCE(SUM(message_count), 0),"
            + " COALESCE(SUM(octets), 0), (SELECT COUNT(*) FROM chatmail_outgoing) FROM chatmail_mailbox";

    private final Transactions transactions;

    @Inject
    StoredTotals(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    Map<Series, Double> read() throws SQLException {
        return transactions.run(connection -> {
            try (PreparedStatement query = connection.prepareStatement(TOTALS);
                    ResultSet totals = query.executeQuery()) {
                totals.next();
                return Map.of(
                        Series.ACCOUNTS, (double) totals.getLong(1),
                        Series.MESSAGES, (double) totals.getLong(2),
                        Series.STORED, (double) totals.getLong(3),
                        Series.QUEUE, (double) totals.getLong(4));
            }
        });
    }
}
