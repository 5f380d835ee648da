package org.jameschatmail.guice.account;

import java.util.HashSet;
import java.util.Set;
import org.jameschatmail.core.account.AccountBans;

/** Bans that end with the test. Not thread-safe. */
final class MemoryBans implements AccountBans {
    private final Set<String> banned = new HashSet<>();

    @Override
    public boolean isBanned(String account) {
        return banned.contains(account);
    }

    @Override
    public void ban(String account) {
        banned.add(account);
    }

    @Override
    public void lift(String account) {
        banned.remove(account);
    }
}
