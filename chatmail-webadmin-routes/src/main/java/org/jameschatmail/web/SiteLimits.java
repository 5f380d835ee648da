package org.jameschatmail.web;

import java.time.Duration;

/**
 * The limits the pages tell visitors about. Immutable.
 *
 * @param messageRetention messages older than this are deleted
 * @param accountRetention accounts without a login for this long are deleted
 * @param quotaBytes       storage of one account
 * @param messageBytes     largest message as sent on the wire
 */
public record SiteLimits(Duration messageRetention, Duration accountRetention, long quotaBytes, long messageBytes) {
    public static final SiteLimits DEFAULT =
            new SiteLimits(Duration.ofDays(20), Duration.ofDays(90), 500_000_000L, 31_457_280L);
}
