package org.jameschatmail.guice.queue;

import org.jspecify.annotations.Nullable;

/**
 * A row of a queue without its message.
 *
 * @param id the key of the row
 * @param due microseconds since 1970
 * @param bodyId the key of the message, or {@code null} for a mail that has none
 * @param bodySize bytes of the message, header included
 * @param envelope JSON as {@link EnvelopeJson} writes it
 */
record StoredItem(String id, long due, @Nullable String bodyId, long bodySize, String envelope) {
    /** For those who need the keys only and may hold many. */
    StoredItem withoutEnvelope() {
        return new StoredItem(id, due, bodyId, bodySize, "");
    }
}
