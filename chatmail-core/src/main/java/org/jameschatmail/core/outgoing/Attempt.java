package org.jameschatmail.core.outgoing;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of trying to deliver one message to its recipients at one domain. Immutable.
 *
 * @param outcomes one for each recipient, in their order
 * @param reached whether a server of the domain answered for itself, or the name service for it; otherwise all messages
 *     to the domain would have met the same fate
 */
public record Attempt(Map<String, RecipientOutcome> outcomes, boolean reached) {
    public Attempt {
        outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    }

    /** The same for all recipients, said by a server. */
    public static Attempt answered(Collection<String> recipients, RecipientOutcome outcome) {
        return new Attempt(same(recipients, outcome), true);
    }

    /** No server of the domain could be reached. */
    public static Attempt unreached(Collection<String> recipients, Diagnosis diagnosis) {
        return new Attempt(same(recipients, RecipientOutcome.of(diagnosis)), false);
    }

    private static Map<String, RecipientOutcome> same(Collection<String> recipients, RecipientOutcome outcome) {
        Map<String, RecipientOutcome> outcomes = new LinkedHashMap<>();
        recipients.forEach(recipient -> outcomes.put(recipient, outcome));
        return outcomes;
    }
}
