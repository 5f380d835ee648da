package org.jameschatmail.guice.push;

import java.time.Instant;
import java.util.Optional;
import org.apache.james.core.Username;
import org.jameschatmail.protocols.imap.metadata.DeviceToken;

/**
 * A row of the queue.
 *
 * @param token nothing when the device was forgotten meanwhile
 * @param generation rises when another message joins this row
 * @param attempts how many have failed
 * @param queued when the last message joined
 */
record QueuedPush(
        long id, Username owner, Optional<DeviceToken> token, long generation, int attempts, Instant queued) {}
