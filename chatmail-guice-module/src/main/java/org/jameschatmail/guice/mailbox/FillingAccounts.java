package org.jameschatmail.guice.mailbox;

import java.util.LinkedHashSet;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Username;

/**
 * The accounts that were found to fill up while a message was added, for whoever makes room in them. Holds a bounded
 * number; one that is left out is noted again with its next message, and looked at once a day anyhow. Thread-safe.
 */
@Singleton
public final class FillingAccounts {
    private static final int MOST = 10_000;

    private final Set<Username> owners = new LinkedHashSet<>();
    private volatile Runnable listener = () -> {};

    @Inject
    public FillingAccounts() {}

    /** Who is told when an account was noted; must return at once. */
    public void tell(Runnable newListener) {
        listener = newListener;
    }

    /** Called within the transaction that adds: what it adds may not be seen yet by whoever is told. */
    void note(Username owner) {
        boolean added;
        synchronized (owners) {
            added = owners.size() < MOST && owners.add(owner);
        }
        if (added) {
            listener.run();
        }
    }

    /** Gives those that were noted, and forgets them. */
    public Set<Username> take() {
        synchronized (owners) {
            Set<Username> taken = Set.copyOf(owners);
            owners.clear();
            return taken;
        }
    }
}
