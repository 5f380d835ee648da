package org.jameschatmail.core.outgoing;

/** What one attempt meant for one recipient. */
public sealed interface RecipientOutcome {
    /** Another server has taken the responsibility. */
    record Delivered() implements RecipientOutcome {}

    /** Not now: to be tried again. */
    record Deferred(Diagnosis diagnosis) implements RecipientOutcome {}

    /** Never: its sender is to be told. */
    record Failed(Diagnosis diagnosis) implements RecipientOutcome {}

    /** Failed or deferred, as the code says. */
    static RecipientOutcome of(Diagnosis diagnosis) {
        return diagnosis.isPermanent() ? new Failed(diagnosis) : new Deferred(diagnosis);
    }
}
