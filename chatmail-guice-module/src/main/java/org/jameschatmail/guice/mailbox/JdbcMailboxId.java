package org.jameschatmail.guice.mailbox;

import java.util.concurrent.ThreadLocalRandom;
import org.apache.james.mailbox.model.MailboxId;

/** The random number of a mailbox, above zero. Serialized in decimal. */
record JdbcMailboxId(long number) implements MailboxId {
    /** Reads what {@link #serialize()} wrote. */
    static final class Factory implements MailboxId.Factory {
        @Override
        public JdbcMailboxId fromString(String serialized) {
            return new JdbcMailboxId(Long.parseLong(serialized));
        }
    }

    static JdbcMailboxId random() {
        return new JdbcMailboxId(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }

    /** The number behind an id that this store gave. */
    static long numberOf(MailboxId id) {
        if (id instanceof JdbcMailboxId known) {
            return known.number;
        }
        throw new IllegalArgumentException("Not a mailbox of this store: " + id.getClass());
    }

    @Override
    public String serialize() {
        return Long.toString(number);
    }

    @Override
    public String toString() {
        return serialize();
    }
}
