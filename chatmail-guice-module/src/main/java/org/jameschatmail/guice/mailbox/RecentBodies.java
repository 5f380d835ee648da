package org.jameschatmail.guice.mailbox;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.Optional;

/**
 * The bodies that were stored or read last: a message to a group is fetched by all its members at once. What is
 * remembered never changes, and is reached only by who may read a row that names it, so nothing has to be forgotten in
 * time. At most 8 MiB, and no body above 512 KiB. Thread-safe.
 */
final class RecentBodies {
    private static final int MAX_OCTETS = 8 << 20;
    private static final int MAX_BODY_OCTETS = 512 << 10;
    /** What an entry weighs beside its octets. */
    private static final int ENTRY_OCTETS = 200;

    private final Cache<Long, Body> bodies = CacheBuilder.newBuilder()
            .maximumWeight(MAX_OCTETS)
            .<Long, Body>weigher((id, body) -> ENTRY_OCTETS + body.octets())
            .concurrencyLevel(4)
            .build();

    Optional<Body> get(long id) {
        return Optional.ofNullable(bodies.getIfPresent(id));
    }

    void put(long id, Body body) {
        if (body.octets() <= MAX_BODY_OCTETS) {
            bodies.put(id, body);
        }
    }
}
