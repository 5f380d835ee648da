package org.jameschatmail.mailet;

import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;

/**
 * Replaces the Subject of a message by {@code [...]}, or by the parameter {@code value}: the true one is inside the
 * encrypted part. A message without a Subject stays without.
 *
 * <pre>{@code
 * <mailet match="All" class="org.jameschatmail.mailet.ReplaceSubject">
 *     <value>[...]</value>
 * </mailet>
 * }</pre>
 */
public final class ReplaceSubject extends GenericMailet {
    private static final String DEFAULT_VALUE = "[...]";

    private String value = DEFAULT_VALUE;

    @Override
    public void init() {
        value = getInitParameter("value", DEFAULT_VALUE);
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        MimeMessage message = mail.getMessage();
        String[] subjects = message.getHeader("Subject");
        if (subjects == null || (subjects.length == 1 && subjects[0].equals(value))) {
            return;
        }
        message.setHeader("Subject", value);
        message.saveChanges();
    }

    @Override
    public String getMailetInfo() {
        return "Replaces the Subject by " + value;
    }
}
