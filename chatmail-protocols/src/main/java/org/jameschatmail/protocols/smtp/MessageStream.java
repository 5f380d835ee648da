package org.jameschatmail.protocols.smtp;

import java.io.IOException;
import java.io.InputStream;
import javax.mail.MessagingException;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.mailet.Mail;

/** The octets of a message as they came over the wire, dot-stuffing undone. */
final class MessageStream {
    private MessageStream() {}

    static InputStream of(Mail mail) throws IOException {
        try {
            return new MimeMessageInputStream(mail.getMessage());
        } catch (MessagingException e) {
            throw new IOException("The message can't be read", e);
        }
    }
}
