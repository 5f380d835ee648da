package org.jameschatmail.guice.account;

import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Username;
import org.jameschatmail.core.account.AccountBans;
import org.jameschatmail.protocols.session.OpenConnections;

/** Bans that end what the account has open on this server. Thread-safe. */
@Singleton
final class SessionEndingBans implements AccountBans {
    private final JdbcAccountBans bans;
    private final OpenConnections connections;

    @Inject
    SessionEndingBans(JdbcAccountBans bans, OpenConnections connections) {
        this.bans = bans;
        this.connections = connections;
    }

    @Override
    public boolean isBanned(String account) {
        return bans.isBanned(account);
    }

    @Override
    public void ban(String account) {
        bans.ban(account);
        connections.close(Username.of(account));
    }

    @Override
    public void lift(String account) {
        bans.lift(account);
    }
}
