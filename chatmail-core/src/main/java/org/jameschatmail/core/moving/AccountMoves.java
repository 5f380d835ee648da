package org.jameschatmail.core.moving;

import java.util.Optional;

/**
 * Takes accounts of another server over, in a server that runs. What can be taken twice is taken once. All methods throw
 * unchecked exceptions when the store is out of reach. Thread-safe.
 */
public interface AccountMoves {
    /** What became of an account. */
    sealed interface Result {
        /** It is there now, or would be, and lets its owner in by the old password. */
        record Moved() implements Result {}

        /** It came here before; its password stays as it is. */
        record Known() implements Result {}

        /** Nobody has used it for so long that it would be removed here within a day. */
        record Unused() implements Result {}

        /** It can't be taken. */
        record Refused(String reason) implements Result {}
    }

    /** What became of a message. */
    enum MessageResult {
        STORED,
        /** It came before, and is still there. */
        PRESENT,
        /** It would be removed within a day. */
        TOO_OLD,
        TOO_LARGE,
        OVER_QUOTA
    }

    /**
     * Takes an account.
     *
     * @param dryRun only tells what would be
     */
    Result move(MovedAccount account, boolean dryRun);

    /** The account's own things, to be added to; empty unless it came by {@link #move}. */
    Optional<Belongings> belongings(String address);

    /** Octets that a message may have. */
    long longestMessage();

    /** What belongs to one account. For one thread; to be closed. */
    interface Belongings extends AutoCloseable {
        /** Makes the mailbox if need be; the messages that follow are its. */
        void open(MovedMailbox mailbox);

        /** Adds a message to the mailbox that was opened last. */
        MessageResult add(MovedMessage message);

        /** Adds a token of a device; whether it is one. */
        boolean addDeviceToken(String token);

        /** Whoever is logged in meanwhile has to log in again, for numbers of messages may be others. */
        @Override
        void close();
    }
}
