package org.jameschatmail.guice.expiry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;
import org.jameschatmail.core.expiry.WalkPosition;
import org.jameschatmail.guice.database.Transactions;

/** How far each walk has come, in the table {@code chatmail_walk}: a restart goes on there. One thread at a time. */
@Singleton
final class Walks {
    private final Transactions transactions;

    @Inject
    Walks(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /** Empty for a walk that never began. */
    Optional<WalkPosition> read(String name) throws SQLException {
        return transactions.run(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT walk_day, place FROM chatmail_walk WHERE name = ?")) {
                select.setString(1, name);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next()
                            ? Optional.of(new WalkPosition(rows.getLong(1), rows.getLong(2)))
                            : Optional.empty();
                }
            }
        });
    }

    void write(String name, WalkPosition position) throws SQLException {
        transactions.change(connection -> {
            String update = "UPDATE chatmail_walk SET walk_day = ?, place = ? WHERE name = ?";
            if (execute(connection, update, position, name) == 0) {
                execute(
                        connection,
                        "INSERT INTO chatmail_walk (walk_day, place, name) VALUES (?, ?, ?)",
                        position,
                        name);
            }
        });
    }

    private static int execute(Connection connection, String sql, WalkPosition position, String name)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, position.day());
            statement.setLong(2, position.place());
            statement.setString(3, name);
            return statement.executeUpdate();
        }
    }
}
