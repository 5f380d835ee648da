package org.jameschatmail.guice.mailbox;

import java.util.Collections;

/**
 * The question marks of an {@code IN} list, rounded up to a power of two, so that few statements have to be prepared.
 * The places too many repeat the last value.
 */
record Marks(int count, String sql) {
    static Marks forCount(int wanted) {
        int count = wanted <= 1 ? 1 : Integer.highestOneBit(wanted - 1) * 2;
        return new Marks(count, String.join(", ", Collections.nCopies(count, "?")));
    }
}
