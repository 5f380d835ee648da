package org.jameschatmail.web;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Decides whether a stranger may have an account, and makes up its credentials. Called once per {@code POST /new},
 * and once per view of the index page where the certificate is self-signed; in open registration nothing may be
 * stored before the first login. Implementations are thread-safe and quick: they run on one of a few web threads.
 */
@FunctionalInterface
public interface AccountOffers {
    /**
     * @param client the address the request came from, for a rate per network
     * @param token  the invite token given as {@code ?token=}, at most 128 of {@code A-Za-z0-9_-}
     */
    Offer offer(InetAddress client, Optional<String> token);
}
