package org.jameschatmail.guice.account;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.james.core.Username;
import org.apache.james.user.api.AlreadyExistInUsersRepositoryException;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.api.model.User;
import org.apache.james.user.lib.UsersDAO;
import org.jameschatmail.guice.database.Transactions;

/**
 * Users in the table {@code JAMES_USER} of James' JPA entity, with our hash strings in its password column: James' own
 * hashes are salted with nothing but the name, and can't be told from each other by reading them. By plain SQL: OpenJPA
 * took a tenth of what a first login costs. Thread-safe.
 */
final class HashedUsersDao implements UsersDAO {
    /** James' name for a password column that James itself doesn't hash. */
    private static final String HASHED_BY_US = "NONE";

    /** In the same column, of a user that comes from another server; the password column isn't James' either. */
    private static final String MOVED = "MOVED";

    /** The version is what OpenJPA counts an entity's changes in. */
    private static final String INSERT =
            "INSERT INTO JAMES_USER (USER_NAME, PASSWORD, PASSWORD_HASH_ALGORITHM, version) VALUES (?, ?, ?, 1)";

    private final DataSource dataSource;
    private final Transactions transactions;
    private final Set<NewAccountPart> parts;
    private final SecureRandom random;

    HashedUsersDao(DataSource dataSource, Set<NewAccountPart> parts, SecureRandom random) {
        this.dataSource = dataSource;
        this.transactions = new Transactions(dataSource);
        this.parts = parts;
        this.random = random;
    }

    @Override
    public boolean getDefaultVirtualHostingValue() {
        return true;
    }

    @Override
    public Optional<User> getUserByName(Username name) throws UsersRepositoryException {
        return select("SELECT PASSWORD FROM JAMES_USER WHERE USER_NAME = ?", name.asString()).stream()
                .findFirst()
                .map(hash -> new HashedUser(name, hash, random));
    }

    @Override
    public void addUser(Username name, String password) throws UsersRepositoryException {
        add(name, hash(password));
    }

    String hash(String password) {
        return PasswordHash.of(password, random);
    }

    /** Whoever asked {@link #contains} before is spared a second question: the table's key tells. */
    void add(Username name, String hash) throws UsersRepositoryException {
        try {
            transactions.change(connection -> {
                execute(connection, INSERT, name.asString(), hash, HASHED_BY_US);
                for (NewAccountPart part : parts) {
                    part.create(connection, name);
                }
            });
        } catch (SQLException e) {
            throw contains(name)
                    ? new AlreadyExistInUsersRepositoryException("The account exists already")
                    : unwritable(e);
        }
    }

    /** Adds a user that comes from another server, and remembers that. */
    void addMoved(Username name, String hash) throws UsersRepositoryException {
        execute(INSERT, name.asString(), hash, MOVED);
    }

    /** Whether a user came by {@link #addMoved}, be the password another one by now. */
    boolean isMoved(Username name) throws UsersRepositoryException {
        return select("SELECT PASSWORD_HASH_ALGORITHM FROM JAMES_USER WHERE USER_NAME = ?", name.asString())
                .contains(MOVED);
    }

    @Override
    public void updateUser(User user) throws UsersRepositoryException {
        if (!(user instanceof HashedUser hashed)) {
            throw new UsersRepositoryException("Only a user that was read from this repository can be updated");
        }
        requireOne(execute(
                "UPDATE JAMES_USER SET PASSWORD = ? WHERE USER_NAME = ?",
                hashed.hash(),
                user.getUserName().asString()));
    }

    /** Replaces a hash by one of the same password, unless the user has got another one meanwhile. */
    void replaceHash(HashedUser user, String hash) throws UsersRepositoryException {
        execute(
                "UPDATE JAMES_USER SET PASSWORD = ? WHERE USER_NAME = ? AND PASSWORD = ?",
                hash,
                user.getUserName().asString(),
                user.hash());
    }

    @Override
    public void removeUser(Username name) throws UsersRepositoryException {
        requireOne(execute("DELETE FROM JAMES_USER WHERE USER_NAME = ?", name.asString()));
    }

    @Override
    public boolean contains(Username name) throws UsersRepositoryException {
        return !select("SELECT USER_NAME FROM JAMES_USER WHERE USER_NAME = ?", name.asString())
                .isEmpty();
    }

    @Override
    public int countUsers() throws UsersRepositoryException {
        return Integer.parseInt(select("SELECT COUNT(*) FROM JAMES_USER").get(0));
    }

    @Override
    public Iterator<Username> list() throws UsersRepositoryException {
        return select("SELECT USER_NAME FROM JAMES_USER").stream()
                .map(Username::of)
                .iterator();
    }

    private static void requireOne(int rows) throws UsersRepositoryException {
        if (rows == 0) {
            throw new UsersRepositoryException("There is no such account");
        }
    }

    /** The only column of each row. */
    private List<String> select(String query, String... parameters) throws UsersRepositoryException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(query)) {
            fill(select, parameters);
            List<String> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new UsersRepositoryException("The accounts can't be read", e);
        }
    }

    /** In a transaction of its own; how many rows it has changed. */
    private int execute(String statement, String... parameters) throws UsersRepositoryException {
        try {
            return transactions.<Integer, SQLException>run(connection -> execute(connection, statement, parameters));
        } catch (SQLException e) {
            throw unwritable(e);
        }
    }

    private static int execute(Connection connection, String statement, String... parameters) throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(statement)) {
            fill(change, parameters);
            return change.executeUpdate();
        }
    }

    private static void fill(PreparedStatement statement, String... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, parameters[i]);
        }
    }

    private static UsersRepositoryException unwritable(SQLException e) {
        return new UsersRepositoryException("The accounts can't be written", e);
    }
}
