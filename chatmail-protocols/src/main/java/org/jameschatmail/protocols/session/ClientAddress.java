package org.jameschatmail.protocols.session;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The network address of the client on whose behalf the current thread works. James' users repository is asked with a
 * name and a password alone; limits per network need to know where the login comes from, and nothing may store it.
 */
public final class ClientAddress {
    private static final ThreadLocal<@Nullable InetAddress> CURRENT = new ThreadLocal<>();

    private ClientAddress() {}

    /**
     * What is done on behalf of a client.
     *
     * @param <T> what the work gives back
     * @param <E> what may go wrong
     */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** The client of the innermost {@link #with} that is under way on this thread. */
    public static Optional<InetAddress> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Runs {@code work} on behalf of {@code client}, on this thread. */
    public static <T, E extends Exception> T with(@Nullable InetAddress client, Work<T, E> work) throws E {
        InetAddress before = CURRENT.get();
        CURRENT.set(client);
        try {
            return work.run();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }
}
