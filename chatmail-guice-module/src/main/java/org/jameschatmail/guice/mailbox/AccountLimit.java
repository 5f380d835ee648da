package org.jameschatmail.guice.mailbox;

import java.util.Optional;

/** What an account may store, in octets and messages; empty is no limit. */
record AccountLimit(Optional<Long> octets, Optional<Long> messages) {
    static final AccountLimit NONE = new AccountLimit(Optional.empty(), Optional.empty());

    /** This limit, and where it says nothing, that of a wider scope. */
    AccountLimit or(AccountLimit wider) {
        return new AccountLimit(octets.or(wider::octets), messages.or(wider::messages));
    }

    boolean isExceededBy(long storedOctets, long storedMessages) {
        return octets.filter(limit -> storedOctets > limit).isPresent()
                || messages.filter(limit -> storedMessages > limit).isPresent();
    }
}
