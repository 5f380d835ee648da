package org.jameschatmail.guice.statistics;

import java.sql.Connection;
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
    private static final String STORED =
            "SELECT COALESCE(SUM(message_count), 0), COALESCE(SUM(octets), 0) FROM chatmail_mailbox";
    private static final String ACCOUNTS = "SELECT COUNT(*) FROM JAMES_USER";
    private static final String SPOOL = "SELECT COUNT(*) FROM mail_queue_item";
    private static final String PUSH = "SELECT COUNT(*) FROM chatmail_push";
    private static final String TOKENS = "SELECT COUNT(*) FROM chatmail_device_token";
    private static final String QUEUE = "SELECT COUNT(*) FROM chatmail_outgoing";

    private static final String ATTEMPTS = """
            SELECT COALESCE(SUM(CASE WHEN attempts = 0 THEN 1 ELSE 0 END), 0),
                   COALESCE(SUM(CASE WHEN attempts = 0 THEN 0 ELSE 1 END), 0)
            FROM chatmail_outgoing""";

    private final Transactions transactions;

    @Inject
    StoredTotals(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    Map<Series, Double> read() throws SQLException {
        return transactions.run(connection -> {
            double[] stored = row(connection, STORED, 2);
            return Map.of(
                    Series.ACCOUNTS, row(connection, ACCOUNTS, 1)[0],
                    Series.MESSAGES, stored[0],
                    Series.STORED, stored[1],
                    Series.QUEUE, row(connection, QUEUE, 1)[0]);
        });
    }

    /**
     * What waits in queues, and the tokens of devices.
     *
     * @param untried messages that no attempt was made for
     * @param deferred messages that wait for another attempt
     */
    record Waiting(long spool, long push, long deviceTokens, long untried, long deferred) {}

    Waiting readWaiting() throws SQLException {
        return transactions.run(connection -> {
            double[] attempts = row(connection, ATTEMPTS, 2);
            return new Waiting(
                    (long) row(connection, SPOOL, 1)[0],
                    (long) row(connection, PUSH, 1)[0],
                    (long) row(connection, TOKENS, 1)[0],
                    (long) attempts[0],
                    (long) attempts[1]);
        });
    }

    private static double[] row(Connection connection, String query, int columns) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet result = statement.executeQuery()) {
            result.next();
            double[] row = new double[columns];
            for (int i = 0; i < columns; i++) {
                row[i] = result.getLong(i + 1);
            }
            return row;
        }
    }
}
