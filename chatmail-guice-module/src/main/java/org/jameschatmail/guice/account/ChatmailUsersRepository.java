package org.jameschatmail.guice.account;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.Striped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;
import org.apache.james.core.Username;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.api.model.User;
import org.apache.james.user.lib.UsersRepositoryImpl;
import org.jameschatmail.core.account.AccountBans;
import org.jameschatmail.protocols.session.ClientAddress;
import org.jameschatmail.protocols.session.OpenConnections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * James' users repository with the chatmail rule: the first login makes the account. {@link #test} serves IMAP LOGIN,
 * IMAP AUTHENTICATE and SMTP AUTH alike, so racing logins on both protocols meet here: one of them creates, under a
 * lock per name, and the others find what it made. Names are folded to lower case. Thread-safe.
 */
@Singleton
public final class ChatmailUsersRepository extends UsersRepositoryImpl<HashedUsersDao> {
    private static final Logger LOGGER = LoggerFactory.getLogger(ChatmailUsersRepository.class);
    private static final int LOCK_STRIPES = 256;

    private static final int ACCOUNTS_REMEMBERED = 20_000;
    private static final Duration TIME_REMEMBERED = Duration.ofMinutes(1);

    private final AccountCreation creation;
    private final Set<AccountData> data;
    private final AccountHistory history;
    private final AccountBans bans;
    private final OpenConnections connections;
    private final LoginCounters counters;
    private final VerifiedCredentials verified;
    /** Recipients of late, so that a message to many doesn't ask the database for each. */
    private final Cache<Username, Boolean> existing = CacheBuilder.newBuilder()
            .maximumSize(ACCOUNTS_REMEMBERED)
            .expireAfterWrite(TIME_REMEMBERED)
            .build();

    private final Striped<Lock> locks = Striped.lock(LOCK_STRIPES);
    /** Hashing is CPU alone: more at once than there are cores starves the message path. Held while nothing is waited for. */
    private final Semaphore hashing = new Semaphore(Runtime.getRuntime().availableProcessors());

    @Inject
    ChatmailUsersRepository(
            DomainList domains,
            DataSource dataSource,
            AccountCreation creation,
            Set<NewAccountPart> parts,
            Set<AccountData> data,
            AccountHistory history,
            AccountBans bans,
            OpenConnections connections,
            LoginCounters counters,
            SecureRandom random) {
        super(domains, new HashedUsersDao(dataSource, parts, random));
        this.creation = creation;
        this.data = data;
        this.history = history;
        this.bans = bans;
        this.connections = connections;
        this.counters = counters;
        this.verified = new VerifiedCredentials(random);
        setEnableVirtualHosting(true);
    }

    /**
     * Whether the credentials are right; makes the account when there is none and {@link AccountCreation} permits it. A
     * banned account's never are.
     *
     * @throws UsersRepositoryException when the answer isn't known: a passing failure, never a wrong password
     */
    @Override
    public boolean test(Username login, String password) throws UsersRepositoryException {
        try {
            boolean right = isRight(login, password);
            counters.decided(right);
            return right;
        } catch (UsersRepositoryException | RuntimeException e) {
            counters.undecided();
            throw e;
        }
    }

    private boolean isRight(Username login, String password) throws UsersRepositoryException {
        Username name = Username.of(login.asString().toLowerCase(Locale.ROOT));
        if (bans.isBanned(name.asString())) {
            return false;
        }
        if (verified.contains(name, password)) {
            history.loggedIn(name);
            return true;
        }
        Lock lock = locks.get(name);
        lock.lock();
        try {
            boolean right = verified.contains(name, password) || verifyOrCreate(name, password);
            if (right) {
                history.loggedIn(name);
            }
            return right;
        } finally {
            lock.unlock();
        }
    }

    private boolean verifyOrCreate(Username name, String password) throws UsersRepositoryException {
        Optional<User> user = usersDAO.getUserByName(name);
        boolean right = user.isPresent() ? verify(user.get(), password) : create(name, password);
        if (right && user.isPresent()) {
            adopt(user.get(), password);
        }
        if (right) {
            verified.remember(name, password);
        }
        return right;
    }

    private boolean verify(User user, String password) {
        hashing.acquireUninterruptibly();
        try {
            return user.verifyPassword(password);
        } finally {
            hashing.release();
        }
    }

    /** Another server's hash is replaced; a database that fails to doesn't keep its owner out. */
    private void adopt(User user, String password) {
        if (user instanceof HashedUser hashed && hashed.isForeign()) {
            try {
                usersDAO.replaceHash(hashed, hash(password));
            } catch (UsersRepositoryException e) {
                LOGGER.warn("The hash of another server stays: {}", e.getClass().getSimpleName());
            }
        }
    }

    private boolean create(Username name, String password) throws UsersRepositoryException {
        if (!creation.permits(name, password, ClientAddress.current()) || history.isReserved(name)) {
            return false;
        }
        add(name, password);
        creation.created(name);
        counters.created();
        return true;
    }

    private void add(Username name, String password) throws UsersRepositoryException {
        usersDAO.add(name, hash(password));
    }

    private String hash(String password) {
        hashing.acquireUninterruptibly();
        try {
            return usersDAO.hash(password);
        } finally {
            hashing.release();
        }
    }

    /**
     * Makes an account that an administrator wants, whoever had the address before.
     *
     * @return false when there is one
     */
    boolean addByAdministrator(Username name, String password) throws UsersRepositoryException {
        Lock lock = locks.get(name);
        lock.lock();
        try {
            if (super.contains(name)) {
                return false;
            }
            add(name, password);
            history.loggedIn(name);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes an account that comes from another server.
     *
     * @param hash of its password, as {@link ForeignHash#parse} gave it
     * @return false when there is one
     */
    public boolean addMoved(Username name, String hash) throws UsersRepositoryException {
        Lock lock = locks.get(name);
        lock.lock();
        try {
            if (super.contains(name)) {
                return false;
            }
            usersDAO.addMoved(name, hash);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether an account came from another server, whatever has become of it here. */
    public boolean isMoved(Username name) throws UsersRepositoryException {
        return usersDAO.isMoved(name);
    }

    /** An account that another server on the same database deletes may seem to be there for a minute more. */
    @Override
    public boolean contains(Username name) throws UsersRepositoryException {
        if (existing.getIfPresent(name) != null) {
            return true;
        }
        boolean found = super.contains(name);
        if (found) {
            existing.put(name, true);
        }
        return found;
    }

    /** Whoever is logged in has to log in again. */
    @Override
    public void updateUser(User user) throws UsersRepositoryException {
        Lock lock = locks.get(user.getUserName());
        lock.lock();
        try {
            super.updateUser(user);
            verified.forget(user.getUserName());
        } finally {
            lock.unlock();
        }
        connections.close(user.getUserName());
    }

    @Override
    public void removeUser(Username name) throws UsersRepositoryException {
        Lock lock = locks.get(name);
        lock.lock();
        try {
            if (super.contains(name)) {
                history.removing(name);
            }
            removeData(name);
            remove(name);
            history.removed(name);
        } finally {
            lock.unlock();
        }
    }

    private void remove(Username name) throws UsersRepositoryException {
        super.removeUser(name);
        verified.forget(name);
        existing.invalidate(name);
        connections.close(name);
    }

    /** Something that is asked while nobody can log in to an account. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws UsersRepositoryException;
    }

    /**
     * Closes an account for ever if a condition holds, of which no login can change anything meanwhile. What belongs to
     * the account stays, for {@link #removeLeftovers}.
     *
     * @return whether it was closed
     */
    public boolean removeIf(Username name, Condition condition) throws UsersRepositoryException {
        Lock lock = locks.get(name);
        lock.lock();
        try {
            if (!condition.holds()) {
                return false;
            }
            history.removing(name);
            remove(name);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Removes what is left of an account that is no longer there; does nothing where one is. */
    public void removeLeftovers(Username name) throws UsersRepositoryException {
        Lock lock = locks.get(name);
        lock.lock();
        try {
            if (!super.contains(name)) {
                removeData(name);
                history.removed(name);
            }
        } finally {
            lock.unlock();
        }
    }

    private void removeData(Username name) throws UsersRepositoryException {
        for (AccountData part : data) {
            try {
                part.removeAll(name);
            } catch (Exception e) {
                throw new UsersRepositoryException("What belongs to the account can't be removed", e);
            }
        }
    }
}
