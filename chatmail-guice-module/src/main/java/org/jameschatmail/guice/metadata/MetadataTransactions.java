package org.jameschatmail.guice.metadata;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.james.core.Username;
import org.jameschatmail.guice.database.Transactions;

/**
 * Transactions on the metadata tables. Work that another transaction got in the way of
 * (a duplicate key, a deadlock, a serialization failure) is rolled back and run again, three times in all. Writes for
 * one account run one after the other in this process, and read before they write: Derby otherwise finds deadlocks,
 * after 20 seconds each. Blocks; thread-safe.
 */
final class MetadataTransactions {
    private static final int ATTEMPTS = 3;
    private static final int STRIPES = 64;

    /** What fails here when another transaction was first: integrity violations and rollbacks. */
    private static final List<String> RETRIED_STATE_CLASSES = List.of("23", "40");

    private final Transactions transactions;
    private final List<Object> stripes =
            Stream.generate(Object::new).limit(STRIPES).toList();

    MetadataTransactions(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /** Runs work that writes what belongs to {@code owner}; it may run more than once. */
    <T> T write(Username owner, Transactions.Work<T, RuntimeException> work) {
        synchronized (stripes.get(Math.floorMod(owner.hashCode(), STRIPES))) {
            return run(work);
        }
    }

    /** Runs work; it may run more than once. */
    <T> T run(Transactions.Work<T, RuntimeException> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transactions.run(work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !isRetried(e)) {
                    throw new MetadataStoreException(e);
                }
            }
        }
    }

    private static boolean isRetried(SQLException e) {
        String state = e.getSQLState();
        return state != null && RETRIED_STATE_CLASSES.stream().anyMatch(state::startsWith);
    }

    /** The database failed; a fault that passes, or the operator's. */
    static final class MetadataStoreException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MetadataStoreException(SQLException cause) {
            super("Metadata store: SQL state " + cause.getSQLState(), cause);
        }
    }
}
