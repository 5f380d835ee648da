package org.jameschatmail.guice.account;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import javax.persistence.EntityTransaction;
import javax.persistence.PersistenceException;
import org.apache.james.core.Username;
import org.apache.james.user.api.AlreadyExistInUsersRepositoryException;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.api.model.User;
import org.apache.james.user.jpa.model.JPAUser;
import org.apache.james.user.lib.UsersDAO;

/**
 * Users in James' own JPA table {@code JAMES_USER}, with our hash strings in its password column: James' own hashes
 * are salted with nothing but the name, and can't be told from each other by reading them. Thread-safe.
 */
final class HashedUsersDao implements UsersDAO {
    /** James' name for a password column that James itself doesn't hash. */
    private static final String HASHED_BY_US = "NONE";

    /** In the same column, of a user that comes from another server; the password column isn't James' either. */
    private static final String MOVED = "MOVED";

    private final EntityManagerFactory entityManagers;
    private final Set<NewAccountPart> parts;
    private final SecureRandom random;

    HashedUsersDao(EntityManagerFactory entityManagers, Set<NewAccountPart> parts, SecureRandom random) {
        this.entityManagers = entityManagers;
        this.parts = parts;
        this.random = random;
    }

    @Override
    public boolean getDefaultVirtualHostingValue() {
        return true;
    }

    @Override
    public Optional<User> getUserByName(Username name) throws UsersRepositoryException {
        return read(entityManager -> entityManager
                .createQuery("SELECT u.password FROM JamesUser u WHERE u.name = :name", String.class)
                .setParameter("name", name.asString())
                .getResultList()
                .stream()
                .findFirst()
                .map(hash -> new HashedUser(name, hash, random)));
    }

    /** Whoever asked {@link #contains} before is spared a second question: the table's key tells. */
    @Override
    public void addUser(Username name, String password) throws UsersRepositoryException {
        JPAUser user = new JPAUser(name.asString(), PasswordHash.of(password, random), HASHED_BY_US);
        try {
            write(entityManager -> {
                entityManager.persist(user);
                addParts(entityManager, name);
                return 1;
            });
        } catch (UsersRepositoryException e) {
            throw contains(name) ? new AlreadyExistInUsersRepositoryException("The account exists already") : e;
        }
    }

    /** In OpenJPA's transaction, by its connection. */
    private void addParts(EntityManager entityManager, Username name) {
        if (parts.isEmpty()) {
            return;
        }
        entityManager.flush();
        try (Connection connection = entityManager.unwrap(Connection.class)) {
            for (NewAccountPart part : parts) {
                part.create(connection, name);
            }
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    /** Adds a user that comes from another server, and remembers that. */
    void addMoved(Username name, String hash) throws UsersRepositoryException {
        JPAUser user = new JPAUser(name.asString(), hash, HASHED_BY_US);
        write(entityManager -> {
            entityManager.persist(user);
            entityManager.flush();
            return entityManager
                    .createQuery("UPDATE JamesUser u SET u.alg = :moved WHERE u.name = :name")
                    .setParameter("moved", MOVED)
                    .setParameter("name", name.asString())
                    .executeUpdate();
        });
    }

    /** Whether a user came by {@link #addMoved}, be the password another one by now. */
    boolean isMoved(Username name) throws UsersRepositoryException {
        return read(entityManager -> entityManager
                .createQuery("SELECT u.alg FROM JamesUser u WHERE u.name = :name", String.class)
                .setParameter("name", name.asString())
                .getResultList()
                .contains(MOVED));
    }

    @Override
    public void updateUser(User user) throws UsersRepositoryException {
        if (!(user instanceof HashedUser hashed)) {
            throw new UsersRepositoryException("Only a user that was read from this repository can be updated");
        }
        requireOne(write(entityManager -> entityManager
                .createQuery("UPDATE JamesUser u SET u.password = :hash WHERE u.name = :name")
                .setParameter("hash", hashed.hash())
                .setParameter("name", user.getUserName().asString())
                .executeUpdate()));
    }

    /** Replaces a hash by one of the same password, unless the user has got another one meanwhile. */
    void replaceHash(HashedUser user, String password) throws UsersRepositoryException {
        write(entityManager -> entityManager
                .createQuery("UPDATE JamesUser u SET u.password = :hash WHERE u.name = :name AND u.password = :known")
                .setParameter("hash", PasswordHash.of(password, random))
                .setParameter("name", user.getUserName().asString())
                .setParameter("known", user.hash())
                .executeUpdate());
    }

    @Override
    public void removeUser(Username name) throws UsersRepositoryException {
        requireOne(write(entityManager -> entityManager
                .createNamedQuery("deleteUserByName")
                .setParameter("name", name.asString())
                .executeUpdate()));
    }

    @Override
    public boolean contains(Username name) throws UsersRepositoryException {
        return read(entityManager -> entityManager
                        .createNamedQuery("containsUser", Long.class)
                        .setParameter("name", name.asString())
                        .getSingleResult())
                > 0;
    }

    @Override
    public int countUsers() throws UsersRepositoryException {
        return Math.toIntExact(read(entityManager ->
                entityManager.createNamedQuery("countUsers", Long.class).getSingleResult()));
    }

    @Override
    public Iterator<Username> list() throws UsersRepositoryException {
        List<String> names = read(entityManager ->
                entityManager.createNamedQuery("listUserNames", String.class).getResultList());
        return names.stream().map(Username::of).iterator();
    }

    private static void requireOne(int rows) throws UsersRepositoryException {
        if (rows == 0) {
            throw new UsersRepositoryException("There is no such account");
        }
    }

    private <T> T read(Function<EntityManager, T> query) throws UsersRepositoryException {
        EntityManager entityManager = entityManagers.createEntityManager();
        try {
            return query.apply(entityManager);
        } catch (PersistenceException e) {
            throw new UsersRepositoryException("The accounts can't be read", e);
        } finally {
            entityManager.close();
        }
    }

    private int write(Function<EntityManager, Integer> change) throws UsersRepositoryException {
        EntityManager entityManager = entityManagers.createEntityManager();
        EntityTransaction transaction = entityManager.getTransaction();
        try {
            transaction.begin();
            int rows = change.apply(entityManager);
            transaction.commit();
            return rows;
        } catch (PersistenceException e) {
            if (transaction.isActive()) {
                transaction.rollback();
            }
            throw new UsersRepositoryException("The accounts can't be written", e);
        } finally {
            entityManager.close();
        }
    }
}
