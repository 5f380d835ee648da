package org.jameschatmail.core.verdict;

import org.jameschatmail.core.address.EmailAddress;

/**
 * The message may pass.
 *
 * @param from the first address of its only From field; a DKIM check compares its domain
 * @param envelopeSender whether the envelope sender stays or is nulled
 */
public record Accepted(EmailAddress from, EnvelopeSender envelopeSender) implements Verdict {
    /** Names no address, so that a logged verdict gives nobody away. */
    @Override
    public String toString() {
        return "Accepted[" + envelopeSender + "]";
    }
}
