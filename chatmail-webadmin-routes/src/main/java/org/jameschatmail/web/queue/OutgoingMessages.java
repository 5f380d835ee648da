package org.jameschatmail.web.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The messages that wait for other servers. Shows no address and no text of another server. Thread-safe. */
public interface OutgoingMessages {
    /**
     * The messages for one domain.
     *
     * @param messages how many
     * @param oldest when the first of them was accepted
     * @param nextAttempt in the past when it is due or in work
     * @param trouble SMTP code and enhanced code, when the domain is out of reach
     */
    record DomainQueue(String domain, long messages, Instant oldest, Instant nextAttempt, Optional<String> trouble) {}

    /**
     * A message.
     *
     * @param recipients how many haven't got it
     * @param replies SMTP codes and enhanced codes of the last attempt, each once
     */
    record QueuedMessage(
            String id,
            Instant accepted,
            Instant nextAttempt,
            int attempts,
            int recipients,
            long size,
            List<String> replies) {
        public QueuedMessage {
            replies = List.copyOf(replies);
        }
    }

    /** A record of the name service by which others verify what we sign. */
    record KeyRecord(String name, String text) {}

    /** Those with the most messages come first. */
    List<DomainQueue> domains() throws Exception;

    /** The messages of a domain that are due first. */
    List<QueuedMessage> messages(String domain, int limit) throws Exception;

    /** Has all messages of a domain tried now; gives how many there are. */
    int retry(String domain) throws Exception;

    /** Removes all messages of a domain and tells their senders; gives how many there were. */
    int giveUp(String domain) throws Exception;

    /** The TXT records to publish. */
    List<KeyRecord> keyRecords();
}
