package org.jameschatmail.guice.account;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.sql.DataSource;
import org.apache.james.core.Domain;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.jameschatmail.core.configuration.RetentionConfiguration;
import org.jameschatmail.protocols.session.OpenConnections;

/** The accounts of a server on a database: each that logs in is made. */
public final class AccountServer implements AutoCloseable {
    private final EntityManagerFactory entityManagers;
    private final LastLogins logins;
    private final RemovedAddresses addresses;
    private final ChatmailUsersRepository users;

    /** @param folder for the key of removed addresses */
    public AccountServer(
            DataSource dataSource,
            Path folder,
            RetentionConfiguration retention,
            Set<AccountData> data,
            String domain,
            Clock clock)
            throws IOException {
        SecureRandom random = new SecureRandom();
        this.entityManagers =
                Persistence.createEntityManagerFactory("Global", Map.of("openjpa.ConnectionFactory", dataSource));
        // Makes the tables.
        entityManagers.createEntityManager().close();
        this.logins = new LastLogins(dataSource, clock);
        this.addresses = new RemovedAddresses(dataSource, AddressDigest.of(folder, random), retention, clock);
        this.users = new ChatmailUsersRepository(
                new OneDomain(Domain.of(domain)),
                dataSource,
                (name, password, client) -> true,
                Set.of(),
                data,
                new JdbcAccountHistory(logins, addresses),
                new JdbcAccountBans(dataSource),
                new OpenConnections(),
                new LoginCounters(new RecordingMetricFactory()),
                random);
    }

    public ChatmailUsersRepository users() {
        return users;
    }

    public LastLogins logins() {
        return logins;
    }

    public RemovedAddresses addresses() {
        return addresses;
    }

    @Override
    public void close() {
        entityManagers.close();
    }
}
