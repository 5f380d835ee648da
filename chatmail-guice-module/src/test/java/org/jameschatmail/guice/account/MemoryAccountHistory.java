package org.jameschatmail.guice.account;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.core.Username;

/** Remembers what it is told; addresses of removed accounts stay reserved. */
final class MemoryAccountHistory implements AccountHistory {
    final List<Username> logins = new ArrayList<>();
    final List<Username> reserved = new ArrayList<>();
    final List<Username> removed = new ArrayList<>();

    @Override
    public synchronized void loggedIn(Username name) {
        logins.add(name);
    }

    @Override
    public synchronized boolean isReserved(Username name) {
        return reserved.contains(name);
    }

    @Override
    public synchronized void removing(Username name) {
        reserved.add(name);
    }

    @Override
    public synchronized void removed(Username name) {
        removed.add(name);
    }
}
