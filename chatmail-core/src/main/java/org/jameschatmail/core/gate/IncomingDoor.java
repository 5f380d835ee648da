package org.jameschatmail.core.gate;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;

/**
 * Where another server brings a message in one piece, envelope and content, instead of in an SMTP dialogue: the rules
 * are those of port 25. Thread-safe; each transfer is for one thread at a time.
 *
 * <pre>{@code
 * try (IncomingDoor.Transfer transfer = door.open(client, Optional.of("ac1_alice@example.org"), recipients)) {
 *     for (int length = in.read(block); length >= 0; length = in.read(block)) {
 *         transfer.write(block, length);
 *     }
 *     Optional<Rejected> refusal = transfer.finish();
 * }
 * }</pre>
 */
public interface IncomingDoor {
    /**
     * Judges the envelope. May wait for a database.
     *
     * @param client the address of the connection
     * @param sender the envelope sender; empty for the null sender
     * @param recipients as they were sent; each is delivered to, or none
     */
    Transfer open(InetAddress client, Optional<String> sender, List<String> recipients);

    /** Takes no message, for a reason that lies in how it would have come, and counts that. */
    Transfer refuse(Reason reason);

    /** One message on its way in. Nothing of it is delivered unless {@link #finish} says so. */
    interface Transfer extends AutoCloseable {
        /** Why it is refused already, whatever follows. */
        Optional<Rejected> refusal();

        /**
         * The next octets of the message, in dot-stuffed form or not: {@code ..} at the start of a line becomes
         * {@code .}, and a last line of one dot is left out. Those of a refused message are thrown away.
         */
        void write(byte[] octets, int length);

        /**
         * The message ended: judges and delivers it. Waits for DNS and the database, so it is never called on an event
         * loop.
         *
         * @return why it is refused for all recipients, or empty when it is durable for all of them
         */
        Optional<Rejected> finish();

        /** Forgets the message; what is delivered stays delivered. */
        @Override
        void close();
    }
}
