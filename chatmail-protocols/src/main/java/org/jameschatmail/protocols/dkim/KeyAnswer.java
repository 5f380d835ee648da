package org.jameschatmail.protocols.dkim;

import java.time.Duration;
import java.util.List;

/** What DNS says about a key. */
sealed interface KeyAnswer {
    /**
     * There is one.
     *
     * @param keys at least one; more when a domain publishes several records under a name
     * @param timeToLive of the record
     */
    record Found(List<DkimKey> keys, Duration timeToLive) implements KeyAnswer {
        public Found {
            keys = List.copyOf(keys);
        }
    }

    /** There is none that could be used: no such name, no TXT record, a revoked key, garbage. */
    record Missing() implements KeyAnswer {}

    /** Nobody knows now: no answer in time, or a name server in trouble. */
    record Unavailable() implements KeyAnswer {}
}
