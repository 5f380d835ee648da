package org.jameschatmail.guice.push;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import org.apache.james.core.Username;

/** Takes note of whose devices are to be woken. Thread-safe. */
@FunctionalInterface
public interface PushQueue {
    /** Where there is no proxy, nothing is queued. */
    PushQueue OFF = (connection, owners) -> () -> {};

    /**
     * Queues a notification for each device token of these accounts, within the caller's transaction. One that waits
     * already stands for this message too. Waits for no one but who writes rows of these accounts at the moment.
     *
     * @param owners in any order, without duplicates
     * @return what is to be run once the transaction is committed; it returns at once
     */
    Runnable add(Connection connection, Collection<Username> owners) throws SQLException;
}
