package org.jameschatmail.integration.deltachat;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something the core tells its user interface.
 *
 * @param kind such as {@code IncomingMsg}
 * @param payload the event's other fields, such as {@code chatId} and {@code msgId}
 */
public record DeltaChatEvent(String kind, JsonNode payload) {
    public boolean is(String otherKind) {
        return kind.equals(otherKind);
    }

    /** A numeric field, -1 when there is none. */
    public int number(String field) {
        return payload.path(field).asInt(-1);
    }
}
