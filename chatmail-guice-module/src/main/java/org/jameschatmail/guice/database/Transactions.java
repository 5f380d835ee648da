package org.jameschatmail.guice.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in transactions, one connection each, taken from a {@link DataSource}. The isolation is what the data
 * source gives; READ COMMITTED is enough for all users of this class. Thread-safe if the data source is.
 */
public final class Transactions {
    private final DataSource dataSource;

    public Transactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * What happens between begin and commit.
     *
     * @param <T> what the work gives back
     * @param <E> what may go wrong beside the database, for instance reading what is to be written
     */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object, E extends Exception> {
        T run(Connection connection) throws SQLException, E;
    }

    /**
     * Commits what {@code work} did, or rolls all of it back when it throws. When this method returns, the work is
     * durable.
     */
    public <T extends @Nullable Object, E extends Exception> T run(Work<T, E> work) throws SQLException, E {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                T result = work.run(connection);
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    rollBack(connection);
                }
            }
        }
    }

    /**
     * What happens between begin and commit, when it gives nothing back.
     *
     * @param <E> what may go wrong beside the database
     */
    @FunctionalInterface
    public interface Change<E extends Exception> {
        void run(Connection connection) throws SQLException, E;
    }

    /** As {@link #run}, for work that gives nothing back. */
    public <E extends Exception> void change(Change<E> change) throws SQLException, E {
        this.<Connection, E>run(connection -> {
            change.run(connection);
            return connection;
        });
    }

    /** A failed roll-back means a broken connection, and the database rolls back by itself: keep the first cause. */
    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException ignored) {
            // The exception that led here says more than this one.
        }
    }
}
