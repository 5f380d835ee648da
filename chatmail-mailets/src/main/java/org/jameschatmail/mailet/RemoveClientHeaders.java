package org.jameschatmail.mailet;

import java.util.List;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;

/**
 * Drops the header fields of the message (never those of its MIME parts) that tell about the sender's device and
 * network: Received, X-Originating-IP, X-Mailer and User-Agent, or those of the parameter {@code name}.
 *
 * <pre>{@code
 * <mailet match="All" class="org.jameschatmail.mailet.RemoveClientHeaders"/>
 *
 * <mailet match="All" class="org.jameschatmail.mailet.RemoveClientHeaders">
 *     <name>Received, X-Originating-IP, X-Mailer, User-Agent, X-Forwarded-To</name>
 * </mailet>
 * }</pre>
 */
public final class RemoveClientHeaders extends GenericMailet {
    private static final String DEFAULT_NAMES = "Received, X-Originating-IP, X-Mailer, User-Agent";

    private List<String> names = List.of();

    @Override
    public void init() throws MessagingException {
        names = List.of(getInitParameter("name", DEFAULT_NAMES).strip().split("\\s*,\\s*"));
        if (names.contains("")) {
            throw new MessagingException("RemoveClientHeaders: <name> takes header names, separated by commas");
        }
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        MimeMessage message = mail.getMessage();
        boolean changed = false;
        for (String name : names) {
            if (message.getHeader(name) != null) {
                message.removeHeader(name);
                changed = true;
            }
        }
        if (changed) {
            message.saveChanges();
        }
    }

    @Override
    public String getMailetInfo() {
        return "Drops header fields that tell about the sender's device and network";
    }
}
