package org.jameschatmail.protocols.session;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The network address of the client on whose behalf the current thread works. James' users repository is asked with a
 * name and a password alone; limits per network need to know where the login comes from, and nothing may store it.
 */
public final class ClientAddress {
    private static final ThreadLocal<@Nullable InetAddress> CURRENT = new ThreadLocal<>();

    private ClientAddress() {}

    /** The client of the innermost {@link #with} that is under way on this thread. */
    public static Optional<InetAddress> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Runs {@code work} on behalf of {@code client}, on this thread. */
    public static <T> T with(@Nullable InetAddress client, Callable<T> work) throws Exception {
        InetAddress before = CURRENT.get();
        CURRENT.set(client);
        try {
            return work.call();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }
}
