package org.jameschatmail.web;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What {@link AccountOffers} answers. Immutable. */
public sealed interface Offer {
    /**
     * Credentials that will create their account at the first login.
     *
     * @param email      the whole address, {@code localpart@domain}
     * @param password   in the clear: shown once, never logged
     * @param dcloginUrl a {@code dclogin:} link, where a {@code dcaccount:} link can't work because clients refuse our
     *                   certificate
     */
    record Offered(String email, String password, Optional<String> dcloginUrl) implements Offer {
        @Override
        public String toString() {
            return "Offered[withheld]";
        }
    }

    /**
     * No account now.
     *
     * @param status     403, 429 or 503
     * @param reason     one sentence for the person who asked; Delta Chat shows it
     * @param retryAfter when to try again, rounded up to whole seconds
     */
    record Refused(int status, String reason, Optional<Duration> retryAfter) implements Offer {
        private static final Set<Integer> STATUSES = Set.of(403, 429, 503);

        public Refused {
            if (!STATUSES.contains(status)) {
                throw new IllegalArgumentException("status is 403, 429 or 503, not " + status);
            }
            if (reason.isBlank()) {
                throw new IllegalArgumentException("reason is empty");
            }
        }
    }
}
