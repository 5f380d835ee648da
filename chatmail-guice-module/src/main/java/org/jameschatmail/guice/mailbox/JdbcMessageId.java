package org.jameschatmail.guice.mailbox;

import java.util.concurrent.ThreadLocalRandom;
import org.apache.james.mailbox.model.MessageId;

/**
 * The random number of a message body, above zero, the same in every mailbox that holds the message. Random, for in
 * Derby the B-tree of a rising key keeps its emptied pages for ever. Serialized in decimal.
 */
record JdbcMessageId(long number) implements MessageId {
    /** Makes new ids, and reads what {@link #serialize()} wrote. */
    static final class Factory implements MessageId.Factory {
        @Override
        public JdbcMessageId fromString(String serialized) {
            return new JdbcMessageId(Long.parseLong(serialized));
        }

        @Override
        public JdbcMessageId generate() {
            return random();
        }
    }

    static JdbcMessageId random() {
        return new JdbcMessageId(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }

    /** The number behind an id that this store gave. */
    static long numberOf(MessageId id) {
        if (id instanceof JdbcMessageId known) {
            return known.number;
        }
        throw new IllegalArgumentException("Not a message of this store: " + id.getClass());
    }

    @Override
    public String serialize() {
        return Long.toString(number);
    }

    @Override
    public boolean isSerializable() {
        return true;
    }

    @Override
    public String toString() {
        return serialize();
    }
}
