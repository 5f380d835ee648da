package org.jameschatmail.guice.account;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Username;
import org.apache.james.lifecycle.api.Startable;
import org.apache.james.util.concurrent.NamedThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The history in two tables of the database. Logins are written every ten seconds, by one thread. Thread-safe. */
@Singleton
public final class JdbcAccountHistory implements AccountHistory, Startable, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(JdbcAccountHistory.class);
    private static final int PERIOD_SECONDS = 10;

    private final LastLogins logins;
    private final RemovedAddresses addresses;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(NamedThreadFactory.withName("last-logins"));

    @Inject
    public JdbcAccountHistory(LastLogins logins, RemovedAddresses addresses) {
        this.logins = logins;
        this.addresses = addresses;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::write, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void write() {
        try {
            logins.write();
        } catch (SQLException | RuntimeException e) {
            LOGGER.warn(
                    "The days of last logins aren't written yet: {}",
                    e.getClass().getSimpleName());
        }
    }

    @Override
    public void loggedIn(Username name) {
        logins.note(name);
    }

    @Override
    public boolean isReserved(Username name) {
        try {
            return addresses.contains(name);
        } catch (SQLException e) {
            throw outOfReach(e);
        }
    }

    @Override
    public void removing(Username name) {
        try {
            addresses.add(name);
        } catch (SQLException e) {
            throw outOfReach(e);
        }
    }

    @Override
    public void removed(Username name) {
        try {
            logins.markRemoved(name);
        } catch (SQLException e) {
            throw outOfReach(e);
        }
    }

    private static IllegalStateException outOfReach(SQLException e) {
        return new IllegalStateException("The history of accounts: SQL state " + e.getSQLState(), e);
    }

    @Override
    @PreDestroy
    public void close() {
        timer.shutdown();
        write();
    }
}
