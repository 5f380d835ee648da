package org.jameschatmail.guice.mailbox;

import java.util.Optional;

/** What an account may store, in octets and messages; empty is no limit. */
record StorageLimit(Optional<Long> octets, Optional<Long> messages) {
    static final StorageLimit NONE = new StorageLimit(Optional.empty(), Optional.empty());

    /** This limit, and where it says nothing, that of a wider scope. */
    StorageLimit or(StorageLimit wider) {
        return new StorageLimit(octets.or(wider::octets), messages.or(wider::messages));
    }

    boolean isExceededBy(long storedOctets, long storedMessages) {
        return octets.filter(limit -> storedOctets > limit).isPresent()
                || messages.filter(limit -> storedMessages > limit).isPresent();
    }
}
