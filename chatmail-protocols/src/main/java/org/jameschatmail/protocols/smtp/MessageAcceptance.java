package org.jameschatmail.protocols.smtp;

import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.jameschatmail.core.header.HeaderRewrite;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.protocols.smtp.reception.ReceivedMessage;

/** Takes over the responsibility for a message that has passed its gate. Thread-safe. */
public interface MessageAcceptance {
    /** What becomes of a message when the mailboxes of some of its recipients are full, and others aren't. */
    enum FullMailboxes {
        /** The others get it, and the sender a bounce for those. */
        BOUNCE_FOR_THOSE,
        /** Nobody gets it, and it isn't taken. */
        REFUSE_FOR_ALL
    }

    /**
     * Makes the message durable for all of its recipients or for none. It is called once a message, at its end,
     * and the client waits for it.
     *
     * @param mail the envelope; its message is {@code message}
     * @param rewrite what becomes of the header before the message is stored or sent on
     * @param full asked where the mailboxes are filled before the message is taken
     * @return why it isn't taken, or nothing when it is durable
     * @throws MessagingException when it could not be made durable: the client is told to try again
     */
    Optional<Rejected> take(Mail mail, ReceivedMessage message, HeaderRewrite rewrite, FullMailboxes full)
            throws MessagingException;
}
