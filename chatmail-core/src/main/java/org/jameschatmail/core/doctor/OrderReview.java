package org.jameschatmail.core.doctor;

import java.util.Optional;
import org.jameschatmail.core.acme.RenewalState;

/**
 * How it goes with the orders of certificates, {@code tls.mode=acme}.
 *
 * @param state what the server remembers of them; nothing before the first
 * @param authority the directory's host
 */
public record OrderReview(Optional<RenewalState> state, String authority) {
    private static final String ADVICE =
            "See that port 80 or 443 of each name can be reached from everywhere and leads here,"
                    + " and that this machine reaches the authority; with the file acme/state removed, a restart tries at once.";

    /** There is no certificate file. */
    public Finding ofNone() {
        return Finding.ok(Subject.CERTIFICATE, "the first start orders one from " + authority);
    }

    /** The one that is presented was made here. */
    public Finding ofStandIn() {
        return trouble()
                .map(trouble -> Finding.fail(Subject.CERTIFICATE, "none was given yet: " + trouble, ADVICE))
                .orElseGet(() -> Finding.warn(
                        Subject.CERTIFICATE,
                        "one is ordered from " + authority + ", and wasn't given yet",
                        "Ask again in some minutes, while the server runs."));
    }

    /** The one that is presented is of the authority; nothing when all is well. */
    public Optional<Finding> ofRenewal() {
        return trouble()
                .map(trouble -> Finding.warn(Subject.CERTIFICATE, "another one wasn't given: " + trouble, ADVICE));
    }

    private Optional<String> trouble() {
        return state.filter(remembered -> !remembered.trouble().isEmpty())
                .map(remembered -> remembered.trouble()
                        + remembered
                                .retryAt()
                                .map(time -> "; the next attempt is at " + time)
                                .orElse(""));
    }
}
