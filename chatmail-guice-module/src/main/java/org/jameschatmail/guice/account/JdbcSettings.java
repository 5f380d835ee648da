package org.jameschatmail.guice.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.inject.Inject;
import javax.sql.DataSource;
import org.jameschatmail.guice.database.Transactions;

/** What an administrator has switched, in the table {@code chatmail_setting}. Thread-safe. */
public final class JdbcSettings {
    private final Transactions transactions;

    @Inject
    public JdbcSettings(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    Optional<String> get(String name) {
        try {
            return transactions.run(connection -> {
                try (PreparedStatement select =
                        connection.prepareStatement("SELECT content FROM chatmail_setting WHERE name = ?")) {
                    select.setString(1, name);
                    try (ResultSet rows = select.executeQuery()) {
                        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
                    }
                }
            });
        } catch (SQLException e) {
            throw outOfReach(e);
        }
    }

    void put(String name, String content) {
        try {
            transactions.change(connection -> {
                if (update(connection, "UPDATE chatmail_setting SET content = ? WHERE name = ?", content, name) == 0) {
                    update(connection, "INSERT INTO chatmail_setting (content, name) VALUES (?, ?)", content, name);
                }
            });
        } catch (SQLException e) {
            throw outOfReach(e);
        }
    }

    void remove(String name) {
        try {
            transactions.change(connection -> {
                try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM chatmail_setting WHERE name = ?")) {
                    delete.setString(1, name);
                    delete.executeUpdate();
                }
            });
        } catch (SQLException e) {
            throw outOfReach(e);
        }
    }

    private static int update(Connection connection, String sql, String content, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, content);
            statement.setString(2, name);
            return statement.executeUpdate();
        }
    }

    private static IllegalStateException outOfReach(SQLException e) {
        return new IllegalStateException("What was switched: SQL state " + e.getSQLState(), e);
    }
}
