package org.jameschatmail.guice.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.api.model.User;
import org.apache.james.user.jpa.model.JPAUser;
import org.jameschatmail.core.metric.CounterName;
import org.jameschatmail.protocols.session.ClientAddress;
import org.jameschatmail.protocols.session.OpenConnections;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the real JPA on a Derby in memory; each test has a name of its own. */
class ChatmailUsersRepositoryTest {
    private static final String PASSWORD = "the right password";
    private static final String WRONG_PASSWORD = "the wrong password";
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final EmbeddedDataSource DATABASE = new EmbeddedDataSource();

    private final SecureRandom random = new SecureRandom();
    private final RecordingMetricFactory metrics = new RecordingMetricFactory();
    private final MemoryAccountHistory history = new MemoryAccountHistory();
    private final MemoryBans bans = new MemoryBans();
    private final AtomicInteger questions = new AtomicInteger();
    private final Username name = Username.of("ac1_%05d@chat.example".formatted(NAMES.incrementAndGet()));
    private final ChatmailUsersRepository users = repository((asked, password, client) -> {
        questions.incrementAndGet();
        return true;
    });
    /** The same table, behind the back of the repository. */
    private final HashedUsersDao table = new HashedUsersDao(DATABASE, Set.of(), random);

    @BeforeAll
    static void open() {
        System.setProperty("derby.stream.error.file", "target/derby.log");
        DATABASE.setDatabaseName("memory:" + UUID.randomUUID());
        DATABASE.setCreateDatabase("create");
        // Makes the tables.
        EntityManagerFactory entityManagers = entityManagers();
        entityManagers.createEntityManager().close();
        entityManagers.close();
    }

    private static EntityManagerFactory entityManagers() {
        return Persistence.createEntityManagerFactory("Global", Map.of("openjpa.ConnectionFactory", DATABASE));
    }

    @Test
    void accountShouldBeOneOfJamesOwnEntities() throws Exception {
        assertThat(users.test(name, PASSWORD)).isTrue();

        EntityManagerFactory entityManagers = entityManagers();
        EntityManager entityManager = entityManagers.createEntityManager();
        try {
            JPAUser entity = entityManager.find(JPAUser.class, name.asString());
            assertThat(entity.getUserName()).isEqualTo(name);
            entityManager.getTransaction().begin();
            entityManager.remove(entity);
            entityManager.getTransaction().commit();
        } finally {
            entityManager.close();
            entityManagers.close();
        }
        assertThat(table.contains(name)).isFalse();
    }

    @Test
    void hashOfAnotherServerShouldGiveWayToOursWhenItsOwnerLogsIn() throws Exception {
        String foreign = "$6$abcdefgh$"
                + "ZOWQ.8IYYUMZIPqkFRa4KMwXZxUi.Jf6rjQe1ORono0QNoDHeqBfp82.FRG/9lqPiG104Lj2jpwpLJsZXr4Nw0";
        assertThat(users.addMoved(name, foreign)).isTrue();

        assertThat(users.test(name, WRONG_PASSWORD)).isFalse();
        assertThat(hash()).isEqualTo(foreign);
        assertThat(users.test(name, PASSWORD)).isTrue();
        assertThat(hash()).startsWith("$2b$");
        assertThat(users.isMoved(name)).isTrue();
        assertThat(users.test(name, PASSWORD)).isTrue();
        assertThat(repository((asked, password, client) -> false).test(name, PASSWORD))
                .isTrue();
        assertThat(repository((asked, password, client) -> true).test(name, WRONG_PASSWORD))
                .isFalse();
        assertThat(questions).hasValue(0);
    }

    @Test
    void accountShouldKeepItsPasswordWhenAnotherServerHadItToo() throws Exception {
        assertThat(users.test(name, PASSWORD)).isTrue();
        String hash = hash();

        assertThat(users.addMoved(name, "$2y$10$abcdefghijklmnopqrstuuMmnJHEHJ4ugIR1gBAEDXcisR6mg3gOC"))
                .isFalse();
        assertThat(hash()).isEqualTo(hash);
        assertThat(users.isMoved(name)).isFalse();
    }

    @Test
    void newPasswordShouldStayWhenAHashIsReplacedAtTheSameTime() throws Exception {
        users.addMoved(name, "$2y$10$abcdefghijklmnopqrstuuMmnJHEHJ4ugIR1gBAEDXcisR6mg3gOC");
        HashedUser read = (HashedUser) table.getUserByName(name).orElseThrow();
        User changed = table.getUserByName(name).orElseThrow();
        changed.setPassword("a newer password");
        table.updateUser(changed);

        table.replaceHash(read, table.hash(PASSWORD));

        assertThat(users.test(name, "a newer password")).isTrue();
        assertThat(users.test(name, PASSWORD)).isFalse();
    }

    private String hash() throws UsersRepositoryException {
        return ((HashedUser) table.getUserByName(name).orElseThrow()).hash();
    }

    @Test
    void bannedAccountShouldNotBeLetInAndKeepItsPassword() throws Exception {
        ChatmailUsersRepository open = repository((asked, password, client) -> true);
        assertThat(open.test(name, PASSWORD)).isTrue();

        bans.ban(name.asString());
        assertThat(open.test(name, PASSWORD)).isFalse();
        assertThat(open.test(Username.of(name.asString().toUpperCase(Locale.ROOT)), PASSWORD))
                .isFalse();

        bans.lift(name.asString());
        assertThat(open.test(name, PASSWORD)).isTrue();
    }

    @Test
    void accountShouldBeToldOfWhenItIsMade() throws Exception {
        List<Username> made = new ArrayList<>();
        AccountCreation creation = new AccountCreation() {
            @Override
            public boolean permits(Username asked, String password, Optional<InetAddress> client) {
                return true;
            }

            @Override
            public void created(Username asked) {
                made.add(asked);
            }
        };
        ChatmailUsersRepository telling = repository(creation);
        telling.test(name, PASSWORD);
        telling.test(name, PASSWORD);
        telling.test(name, "a wrong one");
        assertThat(made).containsExactly(name);
    }

    @Test
    void loginsShouldBeCountedByTheirOutcome() throws Exception {
        ChatmailUsersRepository counting = repository((asked, password, client) -> true);
        counting.test(name, PASSWORD);
        counting.test(name, PASSWORD);
        counting.test(name, "a wrong one");
        assertThat(metrics.countFor(CounterName.ACCOUNT_CREATED.internal())).isEqualTo(1);
        assertThat(metrics.countFor(CounterName.LOGIN_ACCEPTED.internal())).isEqualTo(2);
        assertThat(metrics.countFor(CounterName.LOGIN_REFUSED.internal())).isEqualTo(1);
        assertThat(metrics.countFor(CounterName.LOGIN_UNDECIDED.internal())).isZero();
    }

    private ChatmailUsersRepository repository(AccountCreation creation) {
        return repository(creation, Set.of());
    }

    private ChatmailUsersRepository repository(AccountCreation creation, Set<AccountData> data) {
        return repository(creation, Set.of(), data);
    }

    private ChatmailUsersRepository repository(
            AccountCreation creation, Set<NewAccountPart> parts, Set<AccountData> data) {
        return new ChatmailUsersRepository(
                new OneDomain(Domain.of("chat.example")),
                DATABASE,
                creation,
                parts,
                data,
                history,
                bans,
                new OpenConnections(),
                new LoginCounters(metrics),
                random);
    }

    @Test
    void accountShouldBeThereWithItsPartsOrNotAtAll() throws Exception {
        NewAccountPart part = (connection, owner) -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("CREATE TABLE part_of_%s (id INT)".formatted(owner.getLocalPart()));
            }
        };
        NewAccountPart failing = (connection, owner) -> {
            part.create(connection, owner);
            throw new SQLException("switched off by the test");
        };

        assertThatThrownBy(() -> repository((asked, password, client) -> true, Set.of(failing), Set.of())
                        .test(name, PASSWORD))
                .isInstanceOf(UsersRepositoryException.class);
        assertThat(users.contains(name)).isFalse();

        // The table would be there already, had the first transaction not been rolled back as a whole.
        assertThat(repository((asked, password, client) -> true, Set.of(part), Set.of())
                        .test(name, PASSWORD))
                .isTrue();
        assertThat(users.contains(name)).isTrue();
    }

    @Test
    void removalShouldTakeAlongWhatBelongsToTheAccount() throws Exception {
        List<Username> removed = new ArrayList<>();
        ChatmailUsersRepository owning = repository((asked, password, client) -> true, Set.of(removed::add));
        owning.test(name, PASSWORD);

        owning.removeUser(name);

        assertThat(removed).containsExactly(name);
        assertThat(owning.contains(name)).isFalse();
    }

    @Test
    void accountShouldStayWhenWhatBelongsToItCannotBeRemoved() throws Exception {
        ChatmailUsersRepository owning = repository((asked, password, client) -> true, Set.of(owner -> {
            throw new SQLException("switched off by the test");
        }));
        owning.test(name, PASSWORD);

        assertThatThrownBy(() -> owning.removeUser(name)).isInstanceOf(UsersRepositoryException.class);
        assertThat(owning.contains(name)).isTrue();
    }

    @Test
    void removedAddressShouldBeNobodysAtFirst() throws Exception {
        users.test(name, PASSWORD);

        users.removeUser(name);

        assertThat(users.test(name, PASSWORD)).isFalse();
        assertThat(history.removed).containsExactly(name);
        history.reserved.clear();
        assertThat(users.test(name, PASSWORD)).isTrue();
    }

    @Test
    void loginShouldBeNotedOnlyWhenThePasswordIsRight() throws Exception {
        users.test(name, PASSWORD);
        users.test(name, WRONG_PASSWORD);
        users.test(name, PASSWORD);

        assertThat(history.logins).containsExactly(name, name);
    }

    @Test
    void addressThatNeverWasShouldNotBeReservedByItsRemoval() {
        assertThatThrownBy(() -> users.removeUser(name)).isInstanceOf(UsersRepositoryException.class);

        assertThat(history.reserved).isEmpty();
    }

    @Test
    void accountShouldStayWhenTheConditionDoesNotHold() throws Exception {
        users.test(name, PASSWORD);

        assertThat(users.removeIf(name, () -> false)).isFalse();

        assertThat(users.contains(name)).isTrue();
        assertThat(history.reserved).isEmpty();
    }

    @Test
    void leftoversShouldStayWhereAnAccountIs() throws Exception {
        List<Username> removed = new ArrayList<>();
        ChatmailUsersRepository owning = repository((asked, password, client) -> true, Set.of(removed::add));
        owning.removeLeftovers(name);
        owning.test(name, PASSWORD);

        owning.removeLeftovers(name);

        assertThat(removed).containsExactly(name);
    }

    @Test
    void loginShouldMakeOneAccountWhenTenThreadsRace() throws Exception {
        int before = users.countUsers();
        CyclicBarrier start = new CyclicBarrier(10);
        ExecutorService threads = Executors.newFixedThreadPool(10);
        try {
            List<Future<Boolean>> logins = new ArrayList<>();
            for (int thread = 0; thread < 10; thread++) {
                logins.add(threads.submit(() -> {
                    start.await(1, TimeUnit.MINUTES);
                    return users.test(name, PASSWORD);
                }));
            }
            for (Future<Boolean> login : logins) {
                assertThat(login.get(1, TimeUnit.MINUTES)).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(users.countUsers()).isEqualTo(before + 1);
        assertThat(questions).hasValue(1);
    }

    @Test
    void loginShouldMakeNoAccountWhenItIsNotPermitted() throws Exception {
        ChatmailUsersRepository closed = repository((asked, password, client) -> false);

        assertThat(closed.test(name, PASSWORD)).isFalse();
        assertThat(closed.contains(name)).isFalse();
    }

    @Test
    void creationShouldKnowTheClientWhenThereIsOne() throws Exception {
        List<Optional<InetAddress>> clients = new ArrayList<>();
        ChatmailUsersRepository asking = repository((asked, password, client) -> {
            clients.add(client);
            return false;
        });
        InetAddress client = InetAddress.getByName("192.0.2.1");

        asking.test(name, PASSWORD);
        ClientAddress.with(client, () -> asking.test(name, PASSWORD));

        assertThat(clients).containsExactly(Optional.empty(), Optional.of(client));
    }

    @Test
    void loginShouldFindTheAccountWhenItsNameIsInUpperCase() throws Exception {
        users.test(name, PASSWORD);

        assertThat(users.test(Username.of(name.asString().toUpperCase(Locale.ROOT)), PASSWORD))
                .isTrue();
        assertThat(questions).hasValue(1);
    }

    @Test
    void loginShouldNotHashAgainWhenTheCredentialsWereVerified() throws Exception {
        users.test(name, PASSWORD);
        User user = table.getUserByName(name).orElseThrow();
        user.setPassword("something else");
        table.updateUser(user);

        // The hash that is stored now would refuse it.
        assertThat(users.test(name, PASSWORD)).isTrue();
        assertThat(users.test(name, WRONG_PASSWORD)).isFalse();
        assertThat(repository((asked, password, client) -> false).test(name, PASSWORD))
                .isFalse();
    }

    @Test
    void wrongPasswordShouldBeRefusedWhenTheRightOneWasVerified() throws Exception {
        users.test(name, PASSWORD);

        assertThat(users.test(name, WRONG_PASSWORD)).isFalse();
        assertThat(users.test(name, PASSWORD)).isTrue();
        assertThat(questions).hasValue(1);
    }

    @Test
    void oldPasswordShouldBeRefusedWhenItWasChanged() throws Exception {
        users.test(name, PASSWORD);
        User user = users.getUserByName(name);
        user.setPassword("another password");

        users.updateUser(user);

        assertThat(users.test(name, PASSWORD)).isFalse();
        assertThat(users.test(name, "another password")).isTrue();
    }

    @Test
    void passwordShouldBeForgottenWhenTheAccountIsRemoved() throws Exception {
        AtomicBoolean open = new AtomicBoolean(true);
        ChatmailUsersRepository closing = repository((asked, password, client) -> open.get());
        closing.test(name, PASSWORD);
        open.set(false);

        closing.removeUser(name);

        assertThat(closing.contains(name)).isFalse();
        assertThat(closing.test(name, PASSWORD)).isFalse();
    }

    @Test
    void removalShouldBeRefusedWhenThereIsNoSuchAccount() {
        assertThatThrownBy(() -> users.removeUser(name)).isInstanceOf(UsersRepositoryException.class);
    }

    @Test
    void passwordShouldNotBeReadableWhenItIsStored() throws Exception {
        users.test(name, PASSWORD);

        HashedUser stored = (HashedUser) table.getUserByName(name).orElseThrow();

        assertThat(stored.hash()).startsWith("$2b$").hasSize(60).doesNotContain(PASSWORD);
    }
}
